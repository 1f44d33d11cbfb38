import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sandboxHappenings } from '#commerce/sandbox/happenings.ts'
import type { OrderFile } from '#db/commerce/order-files.port.ts'
import type { ShopId } from '#domain/ids.ts'
import { order, parcel } from '../fixtures/order-builder.ts'
import { type SandboxBench, SHELVES, sandboxBench } from '../fixtures/sandbox-bench.ts'

const RUNS = 40
let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

type Step = { what: string; key: number; sku: string; qty: number; amount: number; place: string }
const step = fc.record({
  what: fc.constantFrom(
    ...['refund', 'units', 'reship', 'reallocate', 'cancel', 'line', 'credit', 'back', 'confirm', 'fail', 'hold'],
  ),
  // Few keys, so that they repeat, with the same and with other arguments.
  key: fc.nat(9),
  sku: fc.constantFrom('LAMP', 'CHAIR'),
  qty: fc.integer({ min: 1, max: 2 }),
  amount: fc.integer({ min: 1, max: 9_000 }),
  place: fc.constantFrom('DC-EAST', 'DC-WEST'),
})

test('whatever is asked, twice, at once and in any order, money and units add up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), fc.boolean(), async (steps, sent) => {
      const world = sent ? order({ status: 'shipped', shipments: [parcel()] }) : order()
      const shop = await bench.shopWith([world])
      const answers = new Map<string, unknown>()
      const run = async (one: Step) => {
        const answer = await take(shop, one)
        if (answer?.why === 'key_reused') return
        const known = answers.get(`${one.key}`)
        if (answer && known) expect(answer).toEqual(known)
        if (answer) answers.set(`${one.key}`, answer)
      }
      for (let at = 0; at < steps.length; at += 2) await Promise.all(steps.slice(at, at + 2).map(run))
      const found = await bench.files.file(shop, bench.id, bench.signal)
      if (!found) throw new Error('the order is gone')
      holds(found.file)
    }),
    { numRuns: RUNS },
  )
})

async function take(shop: ShopId, { what, key, sku, qty, amount, place }: Step) {
  const { systems, signal, id, files, controls, ids } = bench
  const by = { shop, key: `k${key}` }
  const eur = { amount, currency: 'EUR' }
  const happenings = sandboxHappenings(files, controls, ids)
  const pending = async () =>
    (await systems.payments.payment(shop, id, signal))?.value.refunds.find(({ status }) => status === 'pending')?.id ??
    ''
  const said = async (promise: Promise<object>) => (await promise) as { outcome: string; why?: string }
  if (what === 'refund') return said(systems.payments.refund(by, id, eur, null, signal))
  if (what === 'units') return said(systems.payments.refund(by, id, eur, [{ sku, qty }], signal))
  if (what === 'reship') return said(systems.orders.reship(by, id, [{ sku, qty }], signal))
  if (what === 'reallocate') return said(systems.stock.reallocate(by, id, { sku, qty }, place, signal))
  if (what === 'cancel') return said(systems.orders.cancel(by, id, 'x', signal))
  if (what === 'line') return said(systems.orders.cancelLine(by, id, { sku, qty }, signal))
  if (what === 'credit') return said(systems.payments.credit(by, id, eur, signal))
  if (what === 'hold') return said(systems.orders.hold(by, id, 'x', signal))
  if (what === 'back') {
    await systems.orders.takeBack({ shop, key: `b${key}` }, by.key, signal)
    return null
  }
  await happenings.settleRefund(shop, id, await pending(), what === 'confirm' ? 'succeeded' : 'failed', signal)
  return null
}

/** What must be true of the world after anything. */
function holds({ payment, records, stock, order: now }: OrderFile): void {
  if (!payment) throw new Error('the payment is gone')
  const sum = (status: string) =>
    payment.refunds.filter((one) => one.status === status).reduce((all, { amount }) => all + amount, 0)
  expect(payment.refunded).toBe(sum('succeeded'))
  expect(payment.refunding).toBe(sum('pending'))
  expect(payment.refunded + payment.refunding).toBeLessThanOrEqual(payment.captured)
  for (const { sku, location, reserved, onHand } of stock) {
    const base = SHELVES.find((place) => place.sku === sku && place.location === location)
    const promised = records
      .filter((one) => one.kind === 'reservation' && one.sku === sku && one.location === location)
      .reduce((all, one) => all + (one.kind === 'reservation' ? one.qty : 0), 0)
    expect(reserved).toBe((base?.reserved ?? 0) + promised)
    expect(reserved).toBeLessThanOrEqual(onHand)
  }
  const bought = { LAMP: 2, CHAIR: 1 }
  for (const [sku, most] of Object.entries(bought)) {
    const settled = (by: string) =>
      records
        .filter((one) => one.kind === 'settled_units' && one.by === by)
        .filter((one) => one.kind === 'settled_units' && isLive(payment, one.reference))
        .flatMap((one) => (one.kind === 'settled_units' ? one.units : []))
        .filter((unit) => unit.sku === sku)
        .reduce((all, { qty }) => all + qty, 0)
    expect(settled('refund') + settled('reship')).toBeLessThanOrEqual(most)
  }
  expect(now.total).toBe(now.lines.reduce((all, { qty, unitPrice }) => all + qty * unitPrice, 0))
}

function isLive({ refunds }: NonNullable<OrderFile['payment']>, reference: string): boolean {
  return refunds.find(({ id }) => id === reference)?.status !== 'failed'
}
