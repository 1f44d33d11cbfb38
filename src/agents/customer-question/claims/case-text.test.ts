import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ACTION_STATES, CASE_STATUSES, type CaseAction, type CaseDetail } from '#domain/approvals/case.ts'
import { claimsWithoutReceipt } from '#domain/approvals/claims.ts'
import type { Proposal } from '#domain/approvals/proposal.ts'
import { ACTION_KINDS, type ActionKind } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { caseOf } from '../../../../test/fakes/memory-reports.ts'
import { caseState, caseText, isWorthTelling } from './case-text.ts'

const AT = '2026-01-05T13:00:00.000Z'
const EUR = { amount: 7_400, currency: 'EUR' }
const action = (kind: ActionKind, changes: Partial<CaseAction> = {}): CaseAction => ({
  id: `act_${kind}`,
  kind,
  args: {},
  effect: `<b>${kind}</b> for the approver`,
  status: 'succeeded',
  receipt: 'rcp_1',
  why: null,
  money: kind === 'refund' ? EUR : null,
  reversible: false,
  undoableUntil: null,
  undoOf: null,
  ...changes,
})
const proposed = (...kinds: ActionKind[]) =>
  ({ state: 'standing', actions: kinds.map((kind) => action(kind)) }) as Partial<Proposal> as Proposal

describe('W23: what is asked for an order is told as requested until it is done', () => {
  test.each([
    ['refund', 'a refund of €74.00', 'a refund of €74.00 was issued (receipt rcp_1)'],
    ['reship', 'a replacement', 'a replacement was arranged (receipt rcp_1)'],
    ['update_shipping_address', 'a change of the delivery address', 'the delivery address was changed (receipt rcp_1)'],
  ] as const)('for %s', (kind, asked, done) => {
    const before = caseText(caseOf({ status: 'awaiting_approval', proposal: proposed(kind) }), AT, 'en')
    const agreed = caseOf({
      status: 'executing',
      proposal: { ...proposed(kind), state: 'approved' },
      actions: [action(kind, { status: 'authorised', receipt: null })],
    })
    const between = caseText(agreed, AT, 'en')
    const after = caseText({ ...agreed, status: 'resolved', actions: [action(kind)] }, AT, 'en')
    expect(before).toContain(
      `requested is ${asked}. A person from our team decides about it by 6 Jan 2026, 12:00 UTC; it is not done before that.`,
    )
    expect(between).toContain(`our team agreed to ${asked}. It is being carried out and is not done yet.`)
    expect(after).toContain(`done: ${done}.`)
    expect(new Set([before, between, after]).size).toBe(3)
  })

  test('in German as well', () => {
    const one = caseOf({ status: 'awaiting_approval', proposal: proposed('reship') })
    expect(caseText(one, AT, 'de')).toContain('Angefragt ist eine Ersatzlieferung. Ein Mensch aus unserem Team')
    expect(caseText({ ...one, status: 'resolved', actions: [action('reship')] }, AT, 'de')).toContain('Erledigt')
  })
})

const cases = fc.record({
  type: fc.constantFrom(...EXCEPTION_TYPES),
  status: fc.constantFrom(...CASE_STATUSES),
  proposal: fc.option(fc.subarray([...ACTION_KINDS], { maxLength: 3 }).map((kinds) => proposed(...kinds))),
  actions: fc.array(
    fc
      .record({
        kind: fc.constantFrom(...ACTION_KINDS),
        status: fc.constantFrom(...ACTION_STATES),
        receipt: fc.constantFrom(null, 'rcp_1'),
      })
      .map(({ kind, ...changes }) => action(kind, changes)),
    { maxLength: 3 },
  ),
})

test('no case is told with something done that has no receipt', () => {
  fc.assert(
    fc.property(cases, fc.constantFrom('en' as const, 'de' as const), (changes, language) => {
      const one: CaseDetail = caseOf(changes)
      const text = caseText(one, AT, language)
      const done = one.actions
        .filter(({ status }) => status === 'succeeded')
        .map(({ kind, receipt }) => ({ kind, receipt, confirmed: false }))
      expect(claimsWithoutReceipt(text, done)).toEqual([])
      expect(text).not.toMatch(/undefined|\{|<b>|^\s*$/)
    }),
  )
})

test('what the shop found by itself is not called their report', () => {
  expect(caseText(caseOf(), AT, 'en')).toMatch(/^Your report on order NL-1 \(/)
  expect(caseText(caseOf({ source: 'watch' }), AT, 'en')).toMatch(/^Order NL-1 \(/)
})

test('a deadline that passed is not told as if it were to come', () => {
  expect(caseText(caseOf(), '2026-01-07T00:00:00.000Z', 'en')).toContain('That time has passed')
  expect(caseText(caseOf(), AT, 'en')).not.toContain('passed')
})

test('a done case nobody reported, and that changed nothing, is not brought up', () => {
  const quiet = caseOf({ source: 'watch', status: 'resolved', actions: [action('notify_customer')] })
  expect(isWorthTelling(quiet)).toBe(false)
  expect(isWorthTelling({ ...quiet, actions: [action('refund')] })).toBe(true)
  expect(isWorthTelling({ ...quiet, status: 'waiting' })).toBe(true)
  expect(isWorthTelling({ ...quiet, source: 'customer' })).toBe(true)
})

test('who agreed is told: a person, or the shop’s rules by themselves', () => {
  const released = caseOf({
    status: 'executing',
    proposal: { ...proposed('reship'), state: 'released' },
    actions: [{ ...action('reship'), status: 'authorised', receipt: null }],
  })
  for (const one of [released, { ...released, actions: [] }]) {
    expect(caseText(one, AT, 'en')).toContain('the shop’s own rules allow a replacement')
    expect(caseText(one, AT, 'en')).not.toContain('our team agreed')
    expect(caseText(one, AT, 'de')).toContain('Die Regeln des Shops lassen es zu: eine Ersatzlieferung')
  }
  const approved = { ...released, proposal: { ...proposed('reship'), state: 'approved' as const } }
  expect(caseText(approved, AT, 'en')).toContain('our team agreed to a replacement')
  expect(caseText(approved, AT, 'de')).toContain('Unser Team hat zugestimmt')
})

test('a request that somebody else’s cancellation ended is not told as if nothing had changed', () => {
  const over = caseOf({ type: 'customer_request', status: 'resolved', data: { request: { kind: 'cancel' } } })
  for (const language of ['en', 'de'] as const) {
    expect(caseText(over, AT, language)).toMatch(/Nothing was changed|nichts verändert/)
    expect(caseText({ ...over, cause: 'already_cancelled' }, AT, language)).toMatch(/(?:closed|abgeschlossen)\.$/)
  }
})

describe('a case of which a part is done', () => {
  const cancelled = action('cancel_order')
  const failed = action('refund', { status: 'failed', receipt: null })
  const half = caseOf({ type: 'customer_request', status: 'failed', actions: [cancelled, failed] })

  test('is with a person while the rest is not, and tells both', () => {
    for (const status of ['failed', 'escalated'] as const) {
      expect(caseState({ ...half, status })).toBe('with_person')
      expect(caseText({ ...half, status }, AT, 'en')).toContain('done: the order was cancelled (receipt rcp_1).')
      expect(caseText({ ...half, status }, AT, 'en')).toContain('a person from our team')
      expect(caseText({ ...half, status }, AT, 'en')).not.toContain('othing has been decided')
      expect(caseText({ ...half, status }, AT, 'de')).not.toContain('Entschieden ist noch nichts')
    }
    expect(caseState({ ...half, actions: [cancelled], status: 'escalated' })).toBe('with_person')
    const next = { ...half, status: 'awaiting_approval' as const, proposal: proposed('refund') }
    expect(caseState({ ...next, actions: [cancelled] })).toBe('requested')
  })

  test('is done once it is settled, or once nothing of it is left', () => {
    expect(caseState({ ...half, status: 'resolved' })).toBe('done')
    expect(caseState({ ...half, status: 'executing', actions: [cancelled, action('refund')] })).toBe('done')
    expect(caseState({ ...half, status: 'executing' })).toBe('agreed')
  })
})
