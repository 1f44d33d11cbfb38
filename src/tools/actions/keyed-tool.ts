import { z } from 'zod'
import type { CarrierSystem } from '#commerce/carrier-system.port.ts'
import type { CustomerMessenger } from '#commerce/customer-messenger.port.ts'
import type { EffectOutcome, Keyed, KeyedSystem } from '#commerce/effect.port.ts'
import type { StockDesk } from '#commerce/inventory-system.port.ts'
import type { OrderChanges, OrderDesk } from '#commerce/order-system.port.ts'
import type { PaymentSystem } from '#commerce/payment-system.port.ts'
import type { Money } from '#domain/money.ts'
import type { Order } from '#domain/order.ts'
import type { ActionTool, AuthorisedAction, ToolSystem } from '../action-tool.port.ts'
import { readArgs } from './read-args.ts'

/** The shop's systems, as tools use them. */
export type ShopSystems = {
  desk: OrderDesk
  orders: OrderChanges
  payments: PaymentSystem
  stock: StockDesk
  carriers: CarrierSystem
  messages: CustomerMessenger
}

/** What is particular to one kind of action. `shows`: whether the target system has the effect named by `receipt`. */
export type KeyedTool<Schema extends z.ZodType> = {
  kind: ActionTool['kind']
  system: ToolSystem
  args: Schema
  effect(args: z.infer<Schema>, order: Order): string
  atStake?(args: z.infer<Schema>, order: Order): Money
  send(by: Keyed, action: AuthorisedAction, args: z.infer<Schema>, signal: AbortSignal): Promise<EffectOutcome>
  shows(action: AuthorisedAction, args: z.infer<Schema>, receipt: string, signal: AbortSignal): Promise<boolean>
  reversible: boolean
}

/** The tool around it: arguments read, the action's id as key, unknowns settled by asking, undone by taking back. */
export function keyedTool<Schema extends z.ZodType>(
  target: Pick<KeyedSystem, 'effectByKey'> & Partial<Pick<KeyedSystem, 'takeBack'>>,
  tool: KeyedTool<Schema>,
): ActionTool {
  const read = (args: unknown) => readArgs(tool.args, args)
  const { takeBack } = target
  return {
    kind: tool.kind,
    system: tool.system,
    argsSchema: z.toJSONSchema(tool.args, { io: 'input' }),
    readArgs: (args) => read(args) as Record<string, unknown>,
    effect: (args, order) => tool.effect(read(args), order),
    reversible: tool.reversible,
    atStake: (args, order) => tool.atStake?.(read(args), order) ?? null,
    async run(action, signal) {
      const version = action.reliedOn?.[tool.system]
      const by = { shop: action.shop, key: action.id, ...(version === undefined ? {} : { version }) }
      return tool.send(by, action, read(action.args), signal)
    },
    async settle(action, signal) {
      return (await target.effectByKey(action.shop, action.id, signal)) ?? { outcome: 'failed', why: 'never_arrived' }
    },
    async verify(action, signal) {
      const effect = await target.effectByKey(action.shop, action.id, signal)
      if (effect?.outcome !== 'succeeded') return false
      return tool.shows(action, read(action.args), effect.receipt, signal)
    },
    undo:
      tool.reversible && takeBack
        ? (action, undoId, signal) => takeBack({ shop: action.shop, key: undoId }, action.id, signal)
        : null,
  }
}

/** What the order system shows of an action's order. */
export async function orderNow(
  { desk }: Pick<ShopSystems, 'desk'>,
  { shop, order }: AuthorisedAction,
  signal: AbortSignal,
): Promise<Order | null> {
  return (await desk.versionedOrder(shop, order, signal))?.value ?? null
}
