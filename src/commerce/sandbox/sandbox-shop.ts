import type { OrderFiles } from '#db/commerce/order-files.port.ts'
import type { SandboxControls } from '#db/commerce/sandbox-controls.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { sandboxCarrierSystem } from './carrier-system.sandbox.ts'
import { sandboxCustomerMessenger } from './customer-messenger.sandbox.ts'
import { sandboxOrderChanges } from './order-changes.sandbox.ts'
import { sandboxOrderDesk } from './order-desk.sandbox.ts'
import { sandboxPaymentSystem } from './payment-system.sandbox.ts'
import { sandboxGate } from './sandbox-gate.ts'
import { sandboxStockDesk } from './stock-desk.sandbox.ts'

/** Every system of the sandbox shop, over one world. */
export function sandboxShop(
  files: OrderFiles,
  controls: Pick<SandboxControls, 'strike'>,
  { clock, ids }: { clock: Clock; ids: Ids },
) {
  const parts = { files, gate: sandboxGate(controls, clock, ids) }
  return {
    desk: sandboxOrderDesk(parts),
    orders: sandboxOrderChanges(parts),
    payments: sandboxPaymentSystem(parts),
    stock: sandboxStockDesk(parts),
    carriers: sandboxCarrierSystem(parts),
    messages: sandboxCustomerMessenger(parts),
  }
}
