import { afterEach, expect, test } from 'vitest'
import type { CaseId } from '#domain/ids.ts'
import { ADDRESS, anOrder } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

const order = anOrder({ status: 'processing' })
const stock = order.lines.map(({ sku }) => ({ sku, location: 'DC-EAST', onHand: 10, reserved: 0 }))
const first = { suggestion: { ...ADDRESS, line1: 'Ring 2' }, confidence: 1 }
const second = { suggestion: { ...ADDRESS, line1: 'Ring 22' }, confidence: 1 }

let bench: ExceptionBench
afterEach(() => bench.close())

const caseNow = (id: CaseId) => bench.cases.load(bench.shop, id, bench.signal)
const addressNow = async () =>
  (await bench.sandbox.systems.desk.versionedOrder(bench.shop, order.id, bench.signal))?.value.shippingAddress
const report = (data: Record<string, unknown>) =>
  bench.cases.open(
    bench.shop,
    { order: order.id, type: 'address_invalid', source: 'shop', detail: '', data },
    BEN,
    bench.signal,
  )
/** An agent to whose case more is reported while the named action leaves. */
const interrupted = (kind: 'update_shipping_address' | 'request_address', data: Record<string, unknown>) =>
  bench.agentWith((tools) => ({
    ...tools,
    [kind]: {
      ...tools[kind],
      run: async (...sent: Parameters<typeof tools.hold_order.run>) => {
        await report(data)
        return tools[kind].run(...sent)
      },
    },
  }))

test('what is reported while a case acts has it looked at again, instead of being resolved', async () => {
  bench = await exceptionBench({ order, parcels: [], stock })
  const { caseId } = await report(first)
  await bench.relayed(interrupted('update_shipping_address', second))
  expect(await caseNow(caseId)).toMatchObject({ status: 'investigating', round: 2 })
  expect(await bench.relayed()).toEqual(['reported', 'reported'])
  expect(await addressNow()).toEqual(second.suggestion)
  expect(await caseNow(caseId)).toMatchObject({ status: 'resolved', round: 2 })
})

test('an answer that comes while its question leaves is not waited for', async () => {
  bench = await exceptionBench({ order, parcels: [], stock })
  const { caseId } = await report({})
  await bench.relayed(interrupted('request_address', second))
  while ((await bench.relayed()).length > 0);
  expect(await addressNow()).toEqual(second.suggestion)
  expect((await caseNow(caseId))?.status).toBe('resolved')
})

test('what was known before acting has nothing looked at again', async () => {
  bench = await exceptionBench({ order, parcels: [], stock })
  const { caseId } = await report({})
  await report({ ...first, confidence: 0.1 })
  while ((await bench.relayed()).length > 0);
  await report(first)
  while ((await bench.relayed()).length > 0);
  expect(await addressNow()).toEqual(first.suggestion)
  const { round } = (await caseNow(caseId)) ?? {}
  expect(await bench.relayed()).toEqual([])
  expect(await caseNow(caseId)).toMatchObject({ status: 'resolved', round })
})

test('the same report again while a case acts is no news', async () => {
  bench = await exceptionBench({ order, parcels: [], stock })
  const { caseId } = await report(first)
  await bench.relayed(interrupted('update_shipping_address', first))
  expect(await caseNow(caseId)).toMatchObject({ status: 'resolved', round: 1 })
})
