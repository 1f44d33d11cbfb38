import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rememberCase } from '#agents/order-exception/memory/remember-case.ts'
import { aCase, anOrder, aParcel, scan } from '../../../../test/fixtures/case-builder.ts'
import { run } from './rejections.ts'
import { type Rejection, scenariosOf } from './scenarios-of.ts'

const lost = (price: number) =>
  rememberCase(
    aCase('lost_in_transit', {
      order: anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: price }] }),
      parcels: [aParcel([scan(-3, 'COLL'), scan(-1, 'LOST')])],
    }),
  )
const refused = (changes: Partial<Rejection> = {}): Rejection => ({
  type: 'lost_in_transit',
  cause: 'lost_declared',
  proposal: { actions: [{ kind: 'file_carrier_claim' }, { kind: 'reship' }] },
  reasonCode: 'wrong_action',
  at: '2026-03-20T13:00:00.000Z',
  remembered: lost(3_000),
  ...changes,
})

describe('refusals', () => {
  test('are scenarios that expect what was done instead, without whom it was done to', () => {
    const instead: Rejection['instead'] = [
      { kind: 'file_carrier_claim', args: { shipmentId: 'P-1', amount: 3_000 } },
      { kind: 'refund', args: { amount: 3_000 } },
    ]
    expect(scenariosOf([refused({ instead })]).scenarios).toMatchObject([
      {
        origin: 'rejection',
        expect: {
          cause: 'lost_declared',
          decision: 'approval',
          actions: [
            [
              { kind: 'file_carrier_claim', args: { amount: 3_000 } },
              { kind: 'refund', args: { amount: 3_000 } },
            ],
          ],
          mustNot: ['reship'],
        },
      },
    ])
    expect(JSON.stringify(scenariosOf([refused({ instead })]))).not.toContain('P-1')
  })

  test('expect by their reason where nothing was done', () => {
    const of = (reasonCode: Rejection['reasonCode']) => scenariosOf([refused({ reasonCode })]).scenarios[0]?.expect
    expect(of('no_action_needed')).toMatchObject({ decision: 'auto', actions: [[{ kind: 'close_exception' }]] })
    expect(of('wrong_cause')).toMatchObject({
      decision: 'escalate',
      cause: null,
      mustNot: ['file_carrier_claim', 'reship'],
    })
    expect(of('suspected_fraud')?.mustNot).toEqual(expect.arrayContaining(['refund', 'release_hold', 'reship']))
  })

  test('of one world count once, by the newest word, in one order however they come', () => {
    const some = [
      refused(),
      refused({ at: '2026-03-21T13:00:00.000Z', reasonCode: 'no_action_needed' }),
      refused({ remembered: lost(4_000) }),
    ]
    const { scenarios, leftOut } = scenariosOf(some)
    expect(scenariosOf(some.toReversed())).toEqual({ scenarios, leftOut })
    expect(leftOut).toMatchObject({ repeated: 1 })
    expect(scenarios.map(({ variant }) => variant).sort()).toEqual(['no_action_needed', 'wrong_action'])
    expect(scenarios.map(({ id }) => id)).toEqual(scenarios.map(({ id }) => id).toSorted())
  })

  test('teach nothing where the facts were not kept or were outdated', () => {
    expect(scenariosOf([refused({ remembered: null }), refused({ reasonCode: 'facts_outdated' })])).toEqual({
      scenarios: [],
      leftOut: { not_remembered: 1, facts_outdated: 1, repeated: 0 },
    })
  })

  test('become a file of scenarios, the same bytes each time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'purser-rejections-'))
    try {
      const [from, out, again] = ['answer.json', 'one.jsonl', 'two.jsonl'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ]
      await writeFile(from, JSON.stringify({ items: [refused(), refused({ remembered: lost(4_000) })] }))
      const signal = AbortSignal.timeout(60_000)
      expect(await run(['--from', from, '--out', out], signal)).toBe(0)
      await run(['--from', from, '--out', again], signal)
      expect(await readFile(again, 'utf8')).toBe(await readFile(out, 'utf8'))
      await expect(run(['--from', join(folder, 'none'), '--out', out], signal)).rejects.toThrow('GET /v1/rejections')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
