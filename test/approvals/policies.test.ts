import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carefulPolicy } from '#approvals/policy/default-policy.ts'
import { ADA, type ApprovalsBench, approvalsBench, BEN, refundOf } from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

describe('versions', () => {
  test('begin with the careful default, and of many at once that match the same one is stored', async () => {
    const first = await bench.policies.current(bench.shop, signal)
    expect(first).toMatchObject({ version: 0, policy: carefulPolicy() })
    const change = { policy: first.policy, ifMatch: 0, by: ADA, note: null }
    const all = await Promise.all([1, 2, 3, 4].map(() => bench.policies.put(bench.shop, change, signal)))
    expect(all.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1)
    expect(all.filter((one) => one.outcome === 'moved' && one.version.version === 1)).toHaveLength(3)
  })

  test('are rolled back to in one step, and the next judgement uses the old rules', async () => {
    const policy = await bench.policy()
    const { version } = await bench.policies.current(bench.shop, signal)
    await bench.policy({ actions: { ...policy.actions, refund: { ...policy.actions.refund, mode: 'forbid' } } })
    expect((await bench.proposed({ actions: [refundOf(1)] })).proposal).toMatchObject({
      verdict: 'escalate',
      rule: { decision: 'forbid' },
    })
    expect(await bench.policies.rollBack(bench.shop, version, ADA, signal)).toMatchObject({
      rolledBackTo: version,
      policy,
    })
    expect((await bench.proposed({ actions: [refundOf(1)] })).proposal).toMatchObject({
      verdict: 'auto',
      rule: { version: version + 2 },
    })
    expect(await bench.policies.rollBack(bench.shop, 999, ADA, signal)).toBeNull()
    expect((await bench.policies.versions(bench.shop, 2, signal)).map((one) => one.version)).toEqual([
      version + 2,
      version + 1,
    ])
  })

  test('are read strictly: what is wrong is named by its path', () => {
    const policy = carefulPolicy()
    expect(bench.policies.read(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
    const problems = (input: unknown) => {
      try {
        bench.policies.read(input)
        return []
      } catch (error) {
        return (error as { errors: { path: string }[] }).errors.map(({ path }) => path)
      }
    }
    expect(problems({ ...policy, roles: [{ upTo: { EUR: 1 }, role: 'approver' }] })).toEqual(['roles'])
    expect(problems({ ...policy, fourEyesAbove: { euro: 1 } })).toEqual(['fourEyesAbove.euro'])
    expect(
      problems({ ...policy, quietHours: { timeZone: 'Mars/Base', from: '22:00', to: '08:00', kinds: [] } }),
    ).toEqual(['quietHours.timeZone'])
    expect(problems({ ...policy, unheardOf: 1 })).toEqual([''])
    const { refund: _, ...others } = policy.actions
    expect(problems({ ...policy, actions: others })).toEqual(['actions.refund'])
  })
})

describe('a replay', () => {
  test('of the active policy changes nothing; of a tighter one lists exactly what it would hold, and the money', async () => {
    const policy = await bench.policy()
    const amounts = [1_000, 3_000, 4_000]
    const made = []
    for (const amount of amounts) made.push(await bench.proposed({ actions: [refundOf(amount)] }, 'price_mismatch'))
    const same = await bench.policies.replay(bench.shop, policy, 30, signal)
    expect(same.changes).toEqual([])
    expect(same.proposals).toBeGreaterThanOrEqual(3)
    const refund = { ...policy.actions.refund, autoMax: { '*': 3_000 } }
    const tighter = await bench.policies.replay(
      bench.shop,
      { ...policy, actions: { ...policy.actions, refund } },
      30,
      signal,
    )
    expect(tighter.changes).toMatchObject([
      {
        proposal: made[2]?.proposal.id,
        from: { verdict: 'auto' },
        to: { verdict: 'approval', rule: 'limit.refund' },
        laterFoundWrong: false,
      },
    ])
    expect(tighter.money).toEqual({ released: [], held: [{ amount: 4_000, currency: 'EUR' }] })
    const start = { ...policy.autonomy.start, price_mismatch: 'suggest' as const }
    const careful = await bench.policies.replay(
      bench.shop,
      { ...policy, autonomy: { ...policy.autonomy, start } },
      30,
      signal,
    )
    expect(careful.changes.map(({ to }) => to.rule)).toEqual(['autonomy', 'autonomy', 'autonomy'])
  })
})

describe('autonomy', () => {
  test('rises to automatic with the evidence only, and falls at any time', async () => {
    const policy = await bench.policy()
    const autonomy = {
      ...policy.autonomy,
      start: { ...policy.autonomy.start, carrier_delay: 'suggest' as const },
      promotion: { sample: 6, minAgreement: 0.6 },
    }
    await bench.policy({ ...policy, autonomy })
    const level = async () =>
      (await bench.autonomy.all(bench.shop, signal)).find(({ type }) => type === 'carrier_delay')
    const decide = async (decision: 'approve' | 'reject') => {
      const { caseId, proposal } = await bench.proposed({}, 'carrier_delay')
      const request = { decision, proposalHash: proposal.hash, tookMs: 1_000, evidenceOpened: 0 }
      await bench.proposals.decide(bench.shop, caseId, { ...request, reasonCode: 'wrong_amount' }, BEN, signal)
    }
    for (let n = 0; n < 5; n++) await decide('approve')
    expect(await bench.autonomy.set(bench.shop, 'carrier_delay', 'auto', ADA, signal)).toMatchObject({
      outcome: 'not_enough_evidence',
    })
    await decide('approve')
    // 6 of 6: the lower limit is 0.05^(1/6).
    expect((await level())?.evidence).toMatchObject({
      decisions: 6,
      agreed: 6,
      lowerBound: expect.closeTo(0.05 ** (1 / 6), 6),
      mayPromote: true,
    })
    await decide('reject')
    expect((await level())?.evidence).toMatchObject({ decisions: 6, agreed: 5, mayPromote: false })
    for (let n = 0; n < 6; n++) await decide('approve')
    expect(await bench.autonomy.set(bench.shop, 'carrier_delay', 'auto', ADA, signal)).toMatchObject({
      outcome: 'set',
      autonomy: { level: 'auto', why: 'set' },
    })
    expect(await bench.autonomy.set(bench.shop, 'carrier_delay', 'auto', ADA, signal)).toMatchObject({
      outcome: 'same',
    })
    expect(await bench.autonomy.set(bench.shop, 'carrier_delay', 'off', ADA, signal)).toMatchObject({ outcome: 'set' })
    expect((await bench.proposed({ actions: [refundOf(1)] }, 'carrier_delay')).proposal).toMatchObject({
      verdict: 'escalate',
      rule: { id: 'autonomy' },
    })
    const [figures] = await bench.proposals.reviewers(bench.shop, new Date(0), signal)
    expect(figures).toEqual({
      by: { id: BEN.id, name: BEN.name },
      decisions: 13,
      approvals: 12,
      streak: 6,
      medianMs: 1_000,
      unread: 13,
    })
  })
})

test('quiet hours hold back messages to customers, and nothing else', async () => {
  const quietHours = { timeZone: 'Europe/Berlin', from: '10:30', to: '12:15', kinds: ['notify_customer' as const] }
  await bench.policy({ quietHours })
  const notice = { kind: 'notify_customer' as const, args: {}, effect: 'Tell', reversible: false, money: null }
  const { caseId, proposal } = await bench.proposed({ actions: [refundOf(1), notice] }, 'price_mismatch')
  const made = await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
  if (made.outcome !== 'authorised') throw new Error(made.outcome)
  const [refund, message] = made.actions
  // 11:00 in Berlin: the message leaves at 12:15 there.
  expect(refund?.notBefore.getTime()).toBeLessThanOrEqual(bench.clock.now().getTime())
  expect(message?.notBefore.toISOString()).toBe('2026-03-04T11:15:00.000Z')
  await bench.policy()
})
