import type { SandboxSystem } from '#db/commerce/order-files.port.ts'
import type { SandboxControls, Strike } from '#db/commerce/sandbox-controls.port.ts'
import { Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { EffectOutcome } from '../effect.port.ts'

export type SandboxCall = { shop: ShopId; system: SandboxSystem; operation: string }

/** The way to the sandbox's systems, on which things go wrong as the shop's faults say. */
export type SandboxGate = {
  /** Throws Fault retryable `commerce.<system>.unreachable` or `commerce.system.busy` where a fault says so. */
  read<Result>(call: SandboxCall, work: () => Promise<Result>, signal: AbortSignal): Promise<Result>
  /** The same before sending; `unknown` where the answer was lost. */
  change(call: SandboxCall, work: () => Promise<EffectOutcome>, signal: AbortSignal): Promise<EffectOutcome>
}

const CODES: Record<SandboxSystem, string> = {
  orders: 'commerce.orders.unreachable',
  payments: 'commerce.payment.unreachable',
  inventory: 'commerce.inventory.unreachable',
  carriers: 'commerce.carrier.unreachable',
  messages: 'commerce.messages.unreachable',
}
const FINENESS = 1_000_000

/** Injects the faults and the latency that the shop's rows ask for. */
export function sandboxGate(controls: Pick<SandboxControls, 'strike'>, clock: Clock, ids: Ids): SandboxGate {
  async function struck({ shop, system, operation }: SandboxCall, signal: AbortSignal): Promise<Strike | null> {
    const roll = ids.below(FINENESS) / FINENESS
    const strike = await controls.strike(shop, { system, operation, roll }, signal)
    if (strike && strike.latencyMs > 0) await clock.sleep(strike.latencyMs, signal)
    return strike
  }
  return {
    async read(call, work, signal) {
      const strike = await struck(call, signal)
      if (strike && strike.fault !== 'latency') throw faultOf(call, strike)
      return work()
    },
    async change(call, work, signal) {
      const strike = await struck(call, signal)
      signal.throwIfAborted()
      if (strike?.fault === 'timeout_before' || strike?.fault === 'rate_limited') throw faultOf(call, strike)
      // A 5xx does not say whether the change was made; here it was not.
      if (strike?.fault === 'server_error') return { outcome: 'unknown' }
      const outcome = await work()
      return strike?.fault === 'timeout_after' ? { outcome: 'unknown' } : outcome
    },
  }
}

function faultOf({ system }: SandboxCall, { fault }: Strike): Fault {
  if (fault === 'rate_limited')
    return new Fault({
      kind: 'retryable',
      code: 'commerce.system.busy',
      message: 'The shop’s system takes no more requests for now.',
      retryAfter: 1,
    })
  return new Fault({
    kind: 'retryable',
    code: CODES[system],
    message: 'The shop’s system did not answer.',
    retryAfter: 2,
  })
}
