import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { WENT_WRONG } from '#domain/exceptions/exception-type.ts'
import { readJson } from '#domain/foreign-json.ts'
import { judgeTrial } from './judge.ts'
import { Scenario } from './scenario.ts'
import type { Trial } from './trial-shop.ts'

const FILE = new URL('../datasets/exceptions/scenarios.jsonl', import.meta.url)
const scenarios = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => Scenario.parse(readJson(line)))

const scenario = {
  type: 'carrier_delay',
  expect: {
    cause: 'late',
    decision: 'auto',
    mustNot: ['refund'],
    why: '',
    actions: [[{ kind: 'wait', args: {} }], [{ kind: 'credit', args: { amount: 5, until: '2026-01-01T10:00:00Z' } }]],
  },
} as unknown as Scenario
const trial = (changes: Partial<Trial> = {}): Trial => ({
  type: 'carrier_delay',
  status: 'resolved',
  cause: 'late',
  decision: 'auto',
  rule: null,
  summary: '',
  actions: [
    { kind: 'notify_customer', args: {} },
    { kind: 'credit', args: { until: '2026-01-01T10:00:00.000Z', amount: 5, note: 'sorry' } },
  ],
  done: [],
  ...changes,
})

describe('a judge', () => {
  test('takes any one way with the arguments named, and more on top', () => {
    expect(judgeTrial(scenario, trial())).toEqual({
      type: true,
      cause: true,
      actions: true,
      decision: true,
      forbidden: [],
    })
  })

  test('takes no way whose argument differs', () => {
    const actions = [{ kind: 'credit', args: { amount: 6, until: '2026-01-01T10:00:00Z' } }]
    expect(judgeTrial(scenario, trial({ actions })).actions).toBe(false)
  })

  test('finds forbidden kinds, proposed or done', () => {
    const actions = [...trial().actions, { kind: 'refund', args: {} }]
    expect(judgeTrial(scenario, trial({ actions }))).toMatchObject({ actions: false, forbidden: ['refund'] })
    expect(judgeTrial(scenario, trial({ done: ['refund'] })).forbidden).toEqual(['refund'])
  })
})

describe('the committed scenarios', () => {
  test('hold every type, every decision, and twins that differ in what is expected', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(150)
    expect(new Set(scenarios.map(({ type }) => type))).toEqual(new Set(WENT_WRONG))
    expect(new Set(scenarios.map(({ expect: { decision } }) => decision)).size).toBe(4)
    const twins = Map.groupBy(
      scenarios.filter(({ twin }) => twin),
      ({ twin }) => twin,
    )
    for (const pair of twins.values())
      expect(
        new Set(pair.map(({ expect: wanted }) => JSON.stringify([wanted.decision, wanted.cause, wanted.actions]))).size,
      ).toBe(pair.length)
  })
})
