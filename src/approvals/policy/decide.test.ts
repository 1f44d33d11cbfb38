import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Counters, Judged, JudgedFacts } from '#domain/approvals/judgement.ts'
import { AUTONOMY_LEVELS, MODES, type Policy } from '#domain/approvals/policy.ts'
import type { Rule } from '#domain/approvals/proposal.ts'
import { ACTION_KINDS } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { ROLES } from '#domain/roles.ts'
import { decide, forbids } from './decide.ts'
import { CAREFUL_LIMITS, carefulPolicy, policyFromLimits } from './default-policy.ts'
import { RULES } from './rules.ts'

const NOW = '2026-03-04T10:00:00.000Z'
const STRICT: Record<Rule['decision'], number> = { auto: 0, wait: 0, approval: 1, escalate: 2, forbid: 3 }

const currency = fc.constantFrom('EUR', 'JPY')
const amount = fc.integer({ min: 0, max: 30_000 })
const amounts = fc.dictionary(fc.constantFrom('EUR', 'JPY', '*'), amount)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const mode = fc.constantFrom(...MODES)
const side = fc.record({ amount: maybe(amounts), count: maybe(fc.nat(20)) })

const policies: fc.Arbitrary<Policy> = fc
  .record({
    rule: fc.record({
      mode,
      basis: fc.constantFrom('money' as const, 'order_total' as const),
      autoMax: maybe(amounts),
      neverAbove: maybe(amounts),
    }),
    type: fc.record({
      mode,
      minConfidence: fc.double({ min: 0, max: 1, noNaN: true }),
      actions: fc.constant({}),
    }),
    evidence: fc.array(
      fc.record({
        kinds: fc.constantFrom('money' as const, ['refund' as const]),
        source: fc.constantFrom('*', 'payments'),
        maxAgeMinutes: fc.nat(120),
      }),
      { maxLength: 2 },
    ),
    budgets: fc.array(
      fc.record({
        per: fc.constantFrom('customer' as const, 'type' as const, 'shop' as const),
        automatic: side,
        total: side,
      }),
      {
        maxLength: 3,
      },
    ),
    roles: fc.array(fc.record({ upTo: amounts, role: fc.constantFrom(...ROLES) }), { maxLength: 2 }),
    fourEyesAbove: maybe(amounts),
    irreversibleAuto: fc.subarray([...ACTION_KINDS]),
  })
  .map(({ rule, type, roles, ...rest }) => {
    const plain = policyFromLimits(CAREFUL_LIMITS)
    return {
      ...plain,
      ...rest,
      actions: { ...plain.actions, refund: rule },
      types: { ...plain.types, lost_in_transit: type },
      roles: [...roles, { upTo: null, role: 'admin' as const }],
    }
  })
const actions = fc.array(
  fc.record({
    kind: fc.constantFrom('refund' as const, 'credit' as const, 'reship' as const, 'hold_order' as const),
    money: maybe(fc.record({ amount, currency })),
    reversible: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
)
const judgedOnes: fc.Arbitrary<Judged> = fc.record({
  type: fc.constantFrom('lost_in_transit' as const, 'carrier_delay' as const),
  actions,
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  wants: fc.constantFrom('auto' as const, 'approval' as const, 'escalate' as const, 'wait' as const),
})
const factSets: fc.Arbitrary<JudgedFacts> = fc.record({
  now: fc.constant(NOW),
  orderTotal: fc.record({ amount, currency }),
  evidence: fc.array(
    fc.record({
      source: fc.constantFrom('payments', 'orders'),
      observedAt: fc.nat(200).map((minutes) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString()),
    }),
    { maxLength: 4 },
  ),
})
const use = fc.record({
  automatic: fc.dictionary(fc.constantFrom('EUR', 'JPY', ''), amount),
  total: fc.dictionary(fc.constantFrom('EUR', ''), amount),
})
const counterSets: fc.Arbitrary<Counters> = fc.record({
  onOrder: fc.record({ refund: fc.dictionary(currency, amount) }),
  used: fc.record({ customer: use, type: use, shop: use }),
  paused: fc.subarray(['shop', 'action:refund', 'type:carrier_delay'] as const).map((paused) => [...paused]),
  level: fc.constantFrom(...AUTONOMY_LEVELS),
})

const rule = (policy: Policy, judged: Judged, facts: JudgedFacts, counters: Counters) =>
  decide({ version: 1, policy }, judged, facts, counters)
/** How strict: the decision, then who may let it through. */
const strictness = (ruling: ReturnType<typeof decide>): number[] => [
  STRICT[ruling.rule.decision],
  ROLES.indexOf(ruling.role),
  ruling.fourEyes ? 1 : 0,
]
function expectNoLooser(before: ReturnType<typeof decide>, after: ReturnType<typeof decide>) {
  const [first, second] = [strictness(before), strictness(after)]
  expect(second[0]).toBeGreaterThanOrEqual(first[0] ?? 0)
  expect(second[2]).toBeGreaterThanOrEqual(first[2] ?? 0)
}
const property = (work: (policy: Policy, judged: Judged, facts: JudgedFacts, counters: Counters, by: number) => void) =>
  fc.assert(fc.property(policies, judgedOnes, factSets, counterSets, fc.integer({ min: 1, max: 20_000 }), work), {
    numRuns: 400,
  })

describe('decide', () => {
  test('never loosens when an amount is raised', () => {
    property((policy, judged, facts, counters, by) => {
      const before = rule(policy, judged, facts, counters)
      for (const at of judged.actions.keys()) {
        const raised = judged.actions.map((action, n) =>
          n === at && action.money
            ? { ...action, money: { ...action.money, amount: action.money.amount + by } }
            : action,
        )
        expectNoLooser(before, rule(policy, { ...judged, actions: raised }, facts, counters))
      }
      const total = { ...facts.orderTotal, amount: facts.orderTotal.amount + by }
      expectNoLooser(before, rule(policy, judged, { ...facts, orderTotal: total }, counters))
    })
  })

  test('never loosens when evidence is taken away or grows older', () => {
    property((policy, judged, facts, counters, by) => {
      const before = rule(policy, judged, facts, counters)
      for (const at of facts.evidence.keys())
        expectNoLooser(
          before,
          rule(policy, judged, { ...facts, evidence: facts.evidence.filter((_, n) => n !== at) }, counters),
        )
      const later = new Date(Date.parse(NOW) + by * 1_000).toISOString()
      expectNoLooser(before, rule(policy, judged, { ...facts, now: later }, counters))
    })
  })

  test('never loosens when budgets are used up, something went out before, or a switch goes on', () => {
    property((policy, judged, facts, counters, by) => {
      const before = rule(policy, judged, facts, counters)
      const more = (used: Record<string, number>) =>
        Object.fromEntries(['EUR', 'JPY', ''].map((key) => [key, (used[key] ?? 0) + by]))
      for (const per of ['customer', 'type', 'shop'] as const) {
        const used = { automatic: more(counters.used[per].automatic), total: more(counters.used[per].total) }
        expectNoLooser(before, rule(policy, judged, facts, { ...counters, used: { ...counters.used, [per]: used } }))
      }
      const refund = more(counters.onOrder.refund ?? {})
      expectNoLooser(before, rule(policy, judged, facts, { ...counters, onOrder: { refund } }))
      expectNoLooser(
        before,
        rule(policy, judged, facts, { ...counters, paused: [...counters.paused, 'type:lost_in_transit'] }),
      )
    })
  })

  test('forbids whatever the order of the rules', () => {
    property((policy, judged, facts, counters) => {
      const forward = rule(policy, judged, facts, counters)
      RULES.reverse()
      const backward = rule(policy, judged, facts, counters)
      RULES.reverse()
      expect(backward.verdict).toBe(forward.verdict)
      expect(forbids(backward) === null).toBe(forbids(forward) === null)
      if (forbids(forward) && judged.wants !== 'wait') expect(forward.verdict).toBe('escalate')
    })
  })

  test('is never looser than the rules of the exception itself', () => {
    property((policy, judged, facts, counters) => {
      const { verdict } = rule(policy, judged, facts, counters)
      if (judged.wants === 'wait') expect(verdict).toBe('wait')
      else expect(STRICT[verdict]).toBeGreaterThanOrEqual(STRICT[judged.wants])
    })
  })

  test('answers whatever numbers and times it is given', () => {
    const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, Number.MAX_SAFE_INTEGER + 2)
    fc.assert(
      fc.property(odd, fc.constantFrom('', 'yesterday', NOW), (value, now) => {
        const judged: Judged = {
          type: 'lost_in_transit',
          actions: [{ kind: 'refund', money: { amount: value, currency: 'EUR' }, reversible: true }],
          confidence: value,
          wants: 'auto',
        }
        const facts = {
          now,
          orderTotal: { amount: value, currency: 'EUR' },
          evidence: [{ source: '*', observedAt: now }],
        }
        expect(rule(carefulPolicy(), judged, facts, NOTHING_COUNTED)).toMatchObject({ verdict: 'escalate' })
      }),
    )
  })
})

const NOTHING_COUNTED: Counters = {
  onOrder: {},
  used: {
    customer: { automatic: {}, total: {} },
    type: { automatic: {}, total: {} },
    shop: { automatic: {}, total: {} },
  },
  paused: [],
  level: 'auto',
}
const FACTS: JudgedFacts = { now: NOW, orderTotal: { amount: 25_000, currency: 'EUR' }, evidence: [] }
const action = (kind: Judged['actions'][number]['kind'], minor: number | null) => ({
  kind,
  money: minor === null ? null : { amount: minor, currency: 'EUR' },
  reversible: false,
})

describe('a policy of limits alone', () => {
  const limits = {
    ...CAREFUL_LIMITS,
    approvals: { refundAutoMax: 10_000, reshipAutoMax: 20_000, creditAutoMax: 1_500, addressChangeAutoMax: 25_000 },
  }
  const verdict = (
    actions: Judged['actions'],
    changes: Partial<Judged> = {},
    facts = FACTS,
    counters = NOTHING_COUNTED,
  ) =>
    rule(
      policyFromLimits(limits),
      { type: 'lost_in_transit', actions, confidence: 0.5, wants: 'auto', ...changes },
      facts,
      counters,
    )

  test.each([
    ['refund', 10_000],
    ['reship', 20_000],
    ['credit', 1_500],
  ] as const)('lets a %s of %i go, and nothing above', (kind, max) => {
    expect(verdict([action(kind, max)]).verdict).toBe('auto')
    expect(verdict([action(kind, max + 1)])).toMatchObject({ verdict: 'approval', rule: { id: `limit.${kind}` } })
    expect(verdict([action(kind, max), action(kind, 1)]).verdict).toBe('approval')
  })

  test('measures a change of address by the order', () => {
    const change = [action('update_shipping_address', null)]
    expect(verdict(change).verdict).toBe('auto')
    expect(verdict(change, {}, { ...FACTS, orderTotal: { amount: 25_001, currency: 'EUR' } })).toMatchObject({
      rule: { id: 'limit.update_shipping_address' },
    })
  })

  test('takes the strictest of several amounts', () => {
    expect(verdict([action('reship', 100), action('credit', 1_501)]).verdict).toBe('approval')
  })

  test('counts what went out on the order before', () => {
    const before = { ...NOTHING_COUNTED, onOrder: { refund: { EUR: 9_000 } } }
    expect(verdict([action('refund', 1_000)], {}, FACTS, before).verdict).toBe('auto')
    expect(verdict([action('refund', 1_001)], {}, FACTS, before).verdict).toBe('approval')
    expect(verdict([action('notify_customer', null)], {}, FACTS, before).verdict).toBe('auto')
  })

  test('has a person approve claims and fraud whatever the amount', () => {
    for (const type of EXCEPTION_TYPES)
      expect(verdict([action('refund', 1)], { type }).verdict).toBe(
        type === 'fraud_hold' || type === 'delivered_not_received_claim' ? 'approval' : 'auto',
      )
    expect(verdict([], { type: 'delivered_not_received_claim', wants: 'wait' }).verdict).toBe('wait')
    expect(verdict([action('close_exception', null)], { type: 'carrier_delay' }).verdict).toBe('auto')
  })
})

test('a shop that set nothing is asked about everything', () => {
  const judged: Judged = {
    type: 'carrier_delay',
    actions: [action('notify_customer', null)],
    confidence: 1,
    wants: 'auto',
  }
  const counted = { ...NOTHING_COUNTED, level: null }
  expect(rule(carefulPolicy(), judged, FACTS, counted)).toMatchObject({ verdict: 'approval', rule: { id: 'autonomy' } })
  // What the world has solved is closed: nothing outside changes by it.
  const solved = { ...judged, actions: [action('close_exception', null)] }
  expect(rule(carefulPolicy(), solved, FACTS, counted).verdict).toBe('auto')
})
