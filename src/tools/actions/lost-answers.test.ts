import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxFaultKind } from '#db/commerce/sandbox-controls.port.ts'
import { Fault } from '#domain/fault.ts'
import { order } from '../../../test/fixtures/order-builder.ts'
import { type SandboxBench, sandboxBench } from '../../../test/fixtures/sandbox-bench.ts'
import type { ActionOutcome, ActionTool, AuthorisedAction } from '../action-tool.port.ts'
import { actionTools } from './action-tools.ts'

const MOST_TRIES = 30
let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

const fault = fc.record({
  fault: fc.constantFrom<SandboxFaultKind[]>('timeout_before', 'timeout_after', 'rate_limited', 'server_error'),
  operation: fc.constantFrom('*', 'refund', 'effectByKey'),
  timesLeft: fc.integer({ min: 1, max: 3 }),
})

test('whatever answers are lost, sending and asking again by one id pays once', async () => {
  const { systems, controls, signal, id } = bench
  const tool = actionTools(systems).refund
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 4 }), async (faults) => {
      const shop = await bench.shopWith([order()])
      for (const one of faults)
        await controls.addFault(shop, { ...one, system: 'payments', share: 1, latencyMs: 0 }, signal)
      const action = { id: 'act_1', shop, order: id, kind: 'refund', args: { amount: 1_000 } } as const
      expect((await insist(tool, action, signal)).outcome).toBe('succeeded')
      const payment = await systems.payments.payment(shop, id, signal)
      expect(payment?.value).toMatchObject({ refunding: 1_000, refunds: [{ amount: 1_000 }] })
    }),
    { numRuns: 25 },
  )
})

/** As whoever carries out actions does: never sends anew before asking what became of the first. */
async function insist(tool: ActionTool, action: AuthorisedAction, signal: AbortSignal): Promise<ActionOutcome> {
  let isSent = false
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      const outcome: ActionOutcome = isSent ? await tool.settle(action, signal) : await tool.run(action, signal)
      if (outcome.outcome === 'succeeded') return outcome
      isSent = outcome.outcome === 'unknown'
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'retryable') throw error
    }
  }
  throw new Error('no answer at all')
}
