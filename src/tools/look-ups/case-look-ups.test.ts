import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { HOME, order, parcel, sentOrder } from '../../../test/fixtures/order-builder.ts'
import { type SandboxBench, sandboxBench } from '../../../test/fixtures/sandbox-bench.ts'
import { checkAddress } from './address-check.ts'
import { caseLookUps } from './case-look-ups.ts'

let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

test('brings each system’s word with its source, time and version', async () => {
  const { systems, signal, clock, id } = bench
  const shop = await bench.shopWith([sentOrder(), order({ id: 'ORD-2', placedAt: '2026-02-01T10:00:00.000Z' })])
  const lookUps = caseLookUps(systems, { clock })
  const at = clock.now().toISOString().slice(0, 16)
  const found = await lookUps.order(shop, id, signal)
  expect(found).toMatchObject({ outcome: 'known', source: 'orders', version: 1, value: { id, total: 13_000 } })
  expect(found.observedAt.slice(0, 16)).toBe(at)
  expect(await lookUps.parcels(shop, id, signal)).toMatchObject({ source: 'carriers', value: [{ id: 'SH-1' }] })
  expect(await lookUps.stock(shop, id, ['LAMP'], signal)).toMatchObject({ source: 'inventory', value: [{}, {}] })
  expect(await lookUps.payment(shop, id, signal)).toMatchObject({ source: 'payments', value: { captured: 13_000 } })
  expect(await lookUps.customer(shop, id, signal)).toMatchObject({ value: { tier: 'standard', priorClaims: 0 } })
  expect(await lookUps.relatedOrders(shop, id, signal)).toMatchObject({ value: [{ id: 'ORD-2' }] })
  expect(await lookUps.prices(shop, ['LAMP'], signal)).toMatchObject({ outcome: 'known', value: [] })
})

test('knows of no order as an answer, not as silence', async () => {
  const { systems, signal, clock, id } = bench
  const shop = await bench.shopWith([])
  expect(await caseLookUps(systems, { clock }).order(shop, id, signal)).toMatchObject({ outcome: 'known', value: null })
})

test('a system that fails for now is silent, and says why', async () => {
  const { systems, signal, clock, id, controls } = bench
  const shop = await bench.shopWith([order()])
  const fault = { system: 'carriers', operation: '*', share: 1, timesLeft: null, latencyMs: 0 } as const
  await controls.addFault(shop, { ...fault, fault: 'server_error' }, signal)
  expect(await caseLookUps(systems, { clock }).parcels(shop, id, signal)).toMatchObject({
    outcome: 'silent',
    source: 'carriers',
    why: 'commerce.carrier.unreachable',
  })
})

test('a system that does not answer in time is silent, even one that ignores its signal', async () => {
  const { signal, id } = bench
  const clock = manualClock()
  const deaf = { versionedOrder: () => new Promise<never>(() => {}) } as never
  const shop = await bench.shopWith([])
  const asked = caseLookUps({ ...bench.systems, desk: deaf }, { clock }).order(shop, id, signal)
  await clock.advance(3_000)
  expect(await asked).toMatchObject({ outcome: 'silent', why: 'no answer in 3 s' })
})

test('an abort passes through', async () => {
  const { systems, clock, id } = bench
  const shop = await bench.shopWith([order({ shipments: [parcel()] })])
  const late = AbortSignal.abort(new Error('stop'))
  await expect(caseLookUps(systems, { clock }).order(shop, id, late)).rejects.toThrow('stop')
})

test.each([
  ['a whole one', HOME, []],
  ['a postal code of another length', { ...HOME, postalCode: '2819' }, ['postal_code_format']],
  ['no postal code', { ...HOME, postalCode: ' ' }, ['postal_code_missing']],
  ['no street', { ...HOME, line1: '' }, ['street_missing']],
  ['a number for a street', { ...HOME, line1: '12' }, ['street_unclear']],
  ['a small-letter Dutch code', { ...HOME, country: 'nl', postalCode: '1016 hd' }, []],
  ['a country nobody judges', { ...HOME, country: 'PE', postalCode: 'Lima 18' }, []],
  ['a country in words', { ...HOME, country: 'Germany' }, ['country_unknown']],
])('an address with %s is read so', (_what, address, problems) => {
  expect(checkAddress(address).problems).toEqual(problems)
})
