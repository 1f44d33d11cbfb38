import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Recorded } from '#approvals/journal.port.ts'
import type { ActionId, CaseId } from '#domain/ids.ts'
import { ADA, type ApprovalsBench, approvalsBench, creditOf, NOTICE, refundOf } from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

/** What can happen to a proposal of three actions, in any order, by several at once. */
const begin = fc.record({
  do: fc.constant('begin' as const),
  at: fc.nat(4),
  times: fc.integer({ min: 1, max: 3 }),
})
const told = fc.record({
  do: fc.constant('answer' as const),
  at: fc.nat(2),
  says: fc.constantFrom('succeeded', 'succeeded', 'succeeded', 'failed', 'unknown', 'never_arrived'),
})
const events = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: begin },
    { weight: 8, arbitrary: told },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), at: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('switch' as const), on: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('later' as const), seconds: fc.constantFrom(5, 40, 70) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('authorise' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('compensate' as const) }) },
  ),
  { minLength: 20, maxLength: 40 },
)

test('whatever happens in whatever order: an action leaves once, its end stays, budgets are what was done, the audit is whole', async () => {
  let run = 0
  const states = new Set<string>()
  await fc.assert(
    fc.asyncProperty(events, async (all) => {
      const customer = `C-model-${++run}`
      const { autonomy } = await bench.policy()
      const undo = { delaySeconds: 10, windowHours: 24 }
      await bench.policy({ undo, autonomy: { ...autonomy, demoteAtErrors: 1_000 } })
      const { caseId, proposal } = await bench.proposed(
        { actions: [creditOf(300), refundOf(500), NOTICE], customerId: customer },
        'price_mismatch',
      )
      await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
      bench.clock.move(11_000)
      // What the outside world has done, by key: it does a thing once, and tells what became of it.
      const world = new Map<ActionId, 'open' | 'done' | 'refused'>()
      const ended = new Map<ActionId, string>()
      const actions = async () => bench.journal.ofCase(bench.shop, caseId, signal)
      const at = async (n: number) => (await actions())[n % Math.max(1, (await actions()).length)]
      for (const event of all) {
        if (event.do === 'authorise') await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
        if (event.do === 'later') bench.clock.move(event.seconds * 1_000)
        if (event.do === 'compensate') await bench.journal.compensate(bench.shop, proposal.id, 'test', signal)
        if (event.do === 'switch')
          await bench.switches.set(
            bench.shop,
            { scope: 'action:refund', on: event.on, reason: 'test', by: ADA },
            signal,
          )
        const open = (await actions()).filter(({ id }) => world.get(id) === 'open')
        const action =
          event.do === 'answer' ? open[event.at % open.length] : 'at' in event ? await at(event.at) : undefined
        if (!action) continue
        if (event.do === 'undo') await bench.journal.undo(bench.shop, action.id, ADA, signal)
        if (event.do === 'begin') {
          const begun = await Promise.all(
            Array.from({ length: event.times }, () => bench.journal.begin(bench.shop, action.id, signal)),
          )
          const going = begun.filter(({ outcome }) => outcome === 'go')
          expect(going.length).toBeLessThanOrEqual(1)
          if (going.length) {
            // It may leave again only after the world was asked and knew nothing of it.
            expect(world.get(action.id)).toBeUndefined()
            world.set(action.id, 'open')
          }
        }
        if (event.do === 'answer') {
          const said = answer(event.says, action.id)
          const recorded = await bench.journal.record(bench.shop, action.id, said, signal)
          expect(recorded.outcome).toBe('recorded')
          if (event.says === 'never_arrived') world.delete(action.id)
          else if (event.says !== 'unknown') world.set(action.id, event.says === 'succeeded' ? 'done' : 'refused')
        }
        await expectLawful(caseId, ended, world, states)
      }
      await expectBudgets(customer, caseId)
      await bench.switches.set(bench.shop, { scope: 'action:refund', on: false, reason: 'test', by: ADA }, signal)
    }),
    { numRuns: 12, seed: 7 },
  )
  // The runs got everywhere.
  expect([...states].sort()).toEqual(['authorised', 'cancelled', 'failed', 'sending', 'succeeded', 'undone', 'unknown'])
  expect(await bench.audit.verify(bench.shop, signal)).toMatchObject({ ok: true })
}, 180_000)

function answer(says: string, id: ActionId): Recorded {
  if (says === 'succeeded') return { outcome: 'succeeded', receipt: `re_${id}`, at: '2026-03-04T10:00:00.000Z' }
  return says === 'unknown' ? { outcome: 'unknown' } : { outcome: 'failed', why: says === 'failed' ? 'refused' : says }
}

async function expectLawful(
  caseId: CaseId,
  ended: Map<ActionId, string>,
  world: Map<ActionId, string>,
  states: Set<string>,
) {
  for (const { id, state } of await bench.journal.ofCase(bench.shop, caseId, signal)) {
    states.add(state)
    const before = ended.get(id)
    if (before) expect(before === state || (before === 'succeeded' && state === 'undone')).toBe(true)
    if (['succeeded', 'failed', 'cancelled', 'undone'].includes(state)) ended.set(id, state)
    if (state === 'succeeded' || state === 'undone') expect(world.get(id)).toBe('done')
    if (state === 'failed') expect(world.get(id)).toBe('refused')
    if (state === 'cancelled' || state === 'authorised') expect(world.get(id)).toBeUndefined()
  }
}

async function expectBudgets(customer: string, caseId: CaseId) {
  const counted = (await bench.journal.ofCase(bench.shop, caseId, signal)).filter(
    ({ undoOf, state }) => undoOf === null && !['failed', 'cancelled', 'undone'].includes(state),
  )
  const days = await bench.asOwner(`
    select currency, sum(total)::integer as total, sum(automatic)::integer as automatic from budget_uses
    where per = 'customer' and key = '${customer}' group by currency`)
  const of = (currency: string) => days.find((row) => row.currency === currency) ?? { total: 0, automatic: 0 }
  const money = counted.reduce((sum, action) => sum + (action.money?.amount ?? 0), 0)
  expect(of('EUR')).toMatchObject({ total: money, automatic: money })
  expect(of('')).toMatchObject({ total: counted.length, automatic: counted.length })
}
