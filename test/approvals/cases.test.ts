import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CasePage } from '#approvals/cases.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import { type CaseId, orderId } from '#domain/ids.ts'
import { type ApprovalsBench, approvalsBench, BEN, refundOf } from '../fixtures/approvals-bench.ts'
import { killedAtHead } from '../fixtures/killed-at-head.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
})
afterAll(() => bench.close())
const { signal } = new AbortController()
const PAGE: CasePage = {
  status: 'open',
  type: null,
  incident: null,
  q: null,
  sort: 'priority',
  cursor: null,
  limit: 50,
}
const list = (changes: Partial<CasePage> = {}, shop = bench.shop) =>
  bench.cases.list(shop, { ...PAGE, ...changes }, signal)
const load = (id: CaseId) => bench.cases.load(bench.shop, id, signal)
const HOUR = 3_600_000
const deadlineKnocks = async (id: CaseId) =>
  (await bench.outbox.pending(bench.shop, 1_000, signal)).filter(
    ({ payload }) => payload.caseId === id && payload.why === 'deadline',
  )

describe('opening', () => {
  test('makes one case of 32 reports of the same exception at the same moment', async () => {
    const report = { order: orderId('ORD-many'), type: 'carrier_delay' as const, source: 'carrier' }
    const outcomes = await Promise.all(
      Array.from({ length: 32 }, (_, n) =>
        bench.cases.open(bench.shop, { ...report, detail: `scan ${n % 2}` }, PURSER, signal),
      ),
    )
    expect(new Set(outcomes.map(({ caseId }) => caseId)).size).toBe(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1)
    // Two different reports: the one that opened it, and the other kind once.
    expect(outcomes.filter((one) => one.outcome === 'joined' && one.news)).toHaveLength(1)
    const knocks = (await bench.outbox.pending(bench.shop, 1_000, signal)).filter(
      ({ payload }) => payload.caseId === outcomes[0]?.caseId,
    )
    expect(knocks.map(({ name, payload }) => [name, payload.why]).sort()).toEqual([
      ['triage', 'opened'],
      ['triage', 'reported'],
    ])
  })

  test('makes a new case once the last one is resolved, and keeps what a later report knows', async () => {
    const report = {
      order: orderId('ORD-again'),
      type: 'address_invalid' as const,
      source: 'check',
      detail: 'bad town',
    }
    const first = await bench.cases.open(bench.shop, { ...report, data: { confidence: 0.5 } }, PURSER, signal)
    await bench.cases.open(bench.shop, { ...report, data: { suggestion: 'Leipzig' } }, PURSER, signal)
    expect((await load(first.caseId))?.data).toEqual({ confidence: 0.5, suggestion: 'Leipzig' })
    await bench.cases.resolve(bench.shop, first.caseId, 'already_corrected', PURSER, signal)
    expect(await bench.cases.open(bench.shop, report, PURSER, signal)).toMatchObject({ outcome: 'opened' })
  })

  test('is of one shop alone', async () => {
    const theirs = await bench.openCase('fraud_hold', 'ORD-theirs', bench.other)
    expect(await load(theirs)).toBeNull()
    expect((await list({}, bench.other)).items.map(({ id }) => id)).toEqual([theirs])
    expect(await bench.cases.escalate(bench.shop, theirs, 'x', BEN, signal)).toEqual({ outcome: 'unknown_case' })
  })
})

test('another shop sees and does nothing through any port', async () => {
  const { caseId, proposal } = await bench.proposed({ actions: [refundOf(100)] })
  const made = await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
  const action = made.outcome === 'authorised' ? made.actions[0] : undefined
  if (!action) throw new Error(made.outcome)
  const { other, journal, proposals } = bench
  const request = { decision: 'approve' as const, proposalHash: proposal.hash }
  expect(await bench.cases.detail(other, caseId, signal)).toBeNull()
  expect(await bench.cases.timeline(other, caseId, signal)).toBeNull()
  expect(await proposals.standing(other, caseId, signal)).toBeNull()
  expect(await proposals.recompute(other, proposal.id, signal)).toBeNull()
  expect(await proposals.decide(other, caseId, request, BEN, signal)).toEqual({ outcome: 'unknown_case' })
  expect(await proposals.advance(other, proposal.id, 'reminder', signal)).toBe(false)
  expect(await journal.authorise(other, caseId, proposal.hash, signal)).toEqual({ outcome: 'unknown_case' })
  expect(await journal.begin(other, action.id, signal)).toEqual({ outcome: 'unknown_action' })
  expect(await journal.record(other, action.id, { outcome: 'unknown' }, signal)).toEqual({ outcome: 'unknown_action' })
  expect(await journal.undo(other, action.id, BEN, signal)).toEqual({ outcome: 'unknown_action' })
  expect(await journal.load(other, action.id, signal)).toBeNull()
  expect(await journal.ready(other, bench.clock.now(), 10, signal)).toEqual([])
  expect(await bench.switches.all(other, signal)).toEqual([])
  expect((await bench.policies.current(other, signal)).version).toBe(0)
  await journal.undo(bench.shop, action.id, BEN, signal)
})

describe('moving', () => {
  test('changes nothing the second time, and nothing of a resolved case', async () => {
    const id = await bench.openCase()
    const until = new Date(bench.clock.now().getTime() + HOUR)
    expect(await bench.cases.wait(bench.shop, id, until, 'in_time', signal)).toEqual({ outcome: 'moved' })
    expect(await bench.cases.wait(bench.shop, id, until, 'in_time', signal)).toEqual({ outcome: 'same' })
    expect(await bench.cases.resolve(bench.shop, id, 'delivered', PURSER, signal)).toEqual({ outcome: 'moved' })
    expect(await bench.cases.escalate(bench.shop, id, 'late', BEN, signal)).toEqual({ outcome: 'closed' })
    expect((await bench.cases.timeline(bench.shop, id, signal))?.map(({ what }) => what)).toEqual([
      'case_opened',
      'case_waiting',
      'case_resolved',
    ])
  })

  test('neither resolves nor restarts a case whose action is on its way', async () => {
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(100)] })
    await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
    expect(await bench.cases.resolve(bench.shop, caseId, 'delivered', PURSER, signal)).toEqual({ outcome: 'unsettled' })
    expect(await bench.cases.investigate(bench.shop, caseId, 'again', signal)).toEqual({ outcome: 'unsettled' })
    expect(await bench.proposals.propose(bench.shop, await bench.draft(caseId), signal)).toEqual({
      outcome: 'executing',
    })
  })

  test('to another investigation makes void what stood, and counts the rounds', async () => {
    const { caseId, proposal } = await bench.proposed()
    expect(await bench.cases.investigate(bench.shop, caseId, 'news', signal)).toEqual({ outcome: 'moved', round: 2 })
    expect(await bench.approve(caseId, proposal.hash)).toMatchObject({ outcome: 'stale_proposal', proposal: null })
  })

  test('is due again when its time has come, and found when it was left', async () => {
    const waiting = await bench.openCase()
    const left = await bench.openCase()
    const now = bench.clock.now()
    await bench.cases.wait(bench.shop, waiting, new Date(now.getTime() + HOUR), 'in_time', signal)
    const due = async (at: Date, since: Date) =>
      (await bench.cases.due(bench.shop, { now: at, since, limit: 1_000 }, signal)).filter(({ caseId }) =>
        [waiting, left].includes(caseId),
      )
    expect(await due(now, new Date(0))).toEqual([])
    expect(await due(new Date(now.getTime() + HOUR), new Date(0))).toMatchObject([{ caseId: waiting, what: 'again' }])
    expect(await due(now, new Date(now.getTime() + HOUR))).toMatchObject([{ caseId: left, what: 'left', round: 1 }])
  })
})

describe('deadlines', () => {
  test('come one after the other, each once: reminder, escalation, and the end', async () => {
    const { caseId, proposal } = await bench.proposed()
    const steps = async () =>
      (await bench.proposals.deadlines(bench.shop, bench.clock.now(), 1_000, signal)).filter(
        (one) => one.caseId === caseId,
      )
    const advance = (step: 'reminder' | 'escalation' | 'fallback') =>
      bench.proposals.advance(bench.shop, proposal.id, step, signal)
    expect(await steps()).toEqual([])
    bench.clock.move(12 * HOUR)
    expect(await steps()).toMatchObject([{ step: 'reminder' }])
    expect(await advance('reminder')).toBe(true)
    expect(await advance('reminder')).toBe(false)
    expect(await steps()).toEqual([])
    bench.clock.move(12 * HOUR)
    expect(await steps()).toMatchObject([{ step: 'escalation' }])
    await advance('escalation')
    expect(await steps()).toMatchObject([{ step: 'fallback' }])
    expect(await advance('fallback')).toBe(true)
    expect(await load(caseId)).toMatchObject({ status: 'escalated', reason: 'deadline' })
    expect(await steps()).toEqual([])
    expect(await bench.approve(caseId, proposal.hash)).toMatchObject({ outcome: 'expired_proposal' })
    expect(await deadlineKnocks(caseId)).toEqual([])
  })

  test('leave the knock for the default with the end itself, or neither when the process is killed', async () => {
    const plain = await bench.policy()
    await bench.policy({ deadlines: { ...plain.deadlines, fallback: 'hold_order' } })
    const { caseId, proposal } = await bench.proposed({ wants: 'approval' })
    bench.clock.move(25 * HOUR)
    const end = () => bench.proposals.advance(bench.shop, proposal.id, 'fallback', signal)
    await killedAtHead(bench, end)
    expect(await load(caseId)).toMatchObject({ status: 'awaiting_approval' })
    expect(await deadlineKnocks(caseId)).toEqual([])
    expect(await end()).toBe(true)
    expect(await deadlineKnocks(caseId)).toMatchObject([{ name: 'act' }])
    expect(await end()).toBe(false)
    expect(await deadlineKnocks(caseId)).toHaveLength(1)
    await bench.policy()
  })

  test('let the reversible default go without a person, where the policy names it', async () => {
    const { autonomy, ...rest } = await bench.policy()
    const start = { ...autonomy.start, lost_in_transit: 'suggest' as const }
    const policy = await bench.policy({ ...rest, autonomy: { ...autonomy, start } })
    const hold = { kind: 'hold_order' as const, args: {}, effect: 'Hold the order', reversible: true, money: null }
    const draft = { actions: [hold], fallback: true }
    expect((await bench.proposed(draft)).proposal.verdict).toBe('approval')
    await bench.policy({ ...policy, deadlines: { ...policy.deadlines, fallback: 'hold_order' } })
    expect((await bench.proposed(draft)).proposal.verdict).toBe('auto')
    expect((await bench.proposed({ ...draft, actions: [{ ...hold, reversible: false }] })).proposal.verdict).toBe(
      'approval',
    )
    expect((await bench.proposed({ ...draft, actions: [hold, refundOf(1)] })).proposal.verdict).toBe('approval')
    await bench.policy()
  })
})

describe('incidents', () => {
  test('are made of three open cases with one cause, also when they come at the same moment', async () => {
    const cause = { key: 'hub:LEJ 2026-03-04', reason: 'Hub Leipzig is closed' }
    const ids = await Promise.all([1, 2, 3, 4].map(() => bench.openCase('carrier_delay')))
    const outside = await bench.openCase('carrier_delay')
    await bench.cases.group(bench.shop, outside, { ...cause, key: 'hub:FRA 2026-03-04' }, signal)
    const groups = await Promise.all(ids.map((id) => bench.cases.group(bench.shop, id, cause, signal)))
    const incident = groups.find((group) => group !== null) ?? null
    expect(groups.filter((group) => group === null)).toHaveLength(2)
    expect((await list({ incident })).items.map(({ id }) => id).sort()).toEqual([...ids].sort())
    await bench.proposals.propose(bench.shop, await bench.draft(ids[0] as CaseId), signal)
    await bench.cases.resolve(bench.shop, ids[1] as CaseId, 'delivered', PURSER, signal)
    const { items } = await bench.cases.incidents(bench.shop, { open: true, cursor: null, limit: 10 }, signal)
    expect(items).toMatchObject([
      { id: incident, key: cause.key, cases: 4, openCases: 3, atStake: [{ amount: 7_400, currency: 'EUR' }] },
    ])
  })

  test('open while their cases are erased, without the one waiting for the other for ever', async () => {
    const cause = { key: 'hub:CDG 2026-03-04', reason: 'Hub Paris is closed' }
    const opened = await Promise.all([1, 2, 3].map(() => bench.openCase('carrier_delay')))
    const [first, second, last] = opened.sort() as [CaseId, CaseId, CaseId]
    for (const id of [first, second]) await bench.cases.group(bench.shop, id, cause, signal)
    const erasing = new Client(bench.connection)
    await erasing.connect()
    const lock = (id: CaseId) => erasing.query('select from cases where id = $1 for update', [id])
    const blocked = () =>
      bench.asOwner(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    try {
      await erasing.query('begin')
      await lock(first)
      const grouping = bench.cases.group(bench.shop, last, cause, signal)
      const rest = async () => {
        while ((await blocked()).length === 0);
        await lock(last)
        await erasing.query('commit')
      }
      expect((await Promise.all([grouping, rest()]))[0]).toMatch(/^inc_/)
    } finally {
      await erasing.end()
    }
  })
})

describe('lists', () => {
  test('find by words and their beginnings, all of them', async () => {
    const { caseId } = await bench.proposed(
      { keywords: ['SNK-41-WHT', 'DHL 00340434'] },
      'damaged_in_transit',
      'ORD-find 77',
    )
    for (const q of ['ORD-find', 'snk-41', 'wht', '00340434 dhl', 'damaged', 'limit.refund'])
      expect((await list({ q, type: 'damaged_in_transit' })).items.map(({ id }) => id)).toEqual([caseId])
    for (const q of ['snk-42', 'dhl ups', `'`, '\\', `x':* | 'y`])
      expect((await list({ q, type: 'damaged_in_transit' })).items).toEqual([])
    await bench.proposals.standing(bench.shop, caseId, signal)
  })

  test.each(['priority', 'age', 'due', 'money', 'risk', 'changed'] as const)(
    'by %s page through every case once',
    async (sort) => {
      const all = await list({ sort, status: null, limit: 200 })
      const paged: CaseId[] = []
      let cursor: string | null = null
      do {
        const page = await list({ sort, status: null, limit: 7, cursor })
        paged.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(paged).toEqual(all.items.map(({ id }) => id))
      expect(new Set(paged).size).toBe(all.items.length)
      await expect(list({ sort, cursor: 'eyJ4Ijoi' })).rejects.toMatchObject({ code: 'db.cursor.invalid' })
    },
  )

  test('by priority follow the published score', async () => {
    const scores = (await list()).items.map(({ priority }) => priority.score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })

  test('count by status', async () => {
    const counts = await bench.cases.counts(bench.shop, signal)
    const { items } = await list({ status: ['resolved'], limit: 200 })
    expect(counts.resolved).toBe(items.length)
  })
})
