import { describe, expect, test } from 'vitest'
import { cloudEvent, tent } from '../../../test/fixtures/event-builder.ts'
import { readEvent } from './read-event.ts'

const now = new Date('2026-03-04T10:00:00.000Z')
const read = (value: unknown, place = 0) => readEvent(value, place, now)
const event = (fields: object = {}) => ({ ...cloudEvent({ id: 'e1', data: { sku: 'K', available: 1 } }), ...fields })
const data = (type: string, content: unknown, more: object = {}) => read(event({ type, data: content, ...more }))

describe('an event is taken in', () => {
  test('with what orders it, its time in UTC to nine decimals', () => {
    expect(read(event({ subject: 'K', sequence: 7, time: '2026-03-04T11:00:00.1234567891+02:00' }))).toEqual({
      source: '/erp',
      id: 'e1',
      type: 'inventory.adjusted',
      subject: 'K',
      sequence: '7',
      stampedAt: '2026-03-04T09:00:00.123456789Z',
      data: '{"sku":"K","available":1}',
      kept: false,
    })
  })

  test('with extensions nobody knows, and attributes that are set to null', () => {
    expect(read(event({ traceparent: '00-1', partitionkey: 'k', subject: null, time: null }))).toMatchObject({
      id: 'e1',
    })
  })

  test('without a time as of when it came, in the order of its batch', () => {
    const [first, second] = [read(event(), 0), read(event(), 1)] as { stampedAt: string }[]
    expect(first?.stampedAt.slice(0, 23)).toBe('2026-03-04T10:00:00.000')
    expect((first?.stampedAt ?? '') < (second?.stampedAt ?? '')).toBe(true)
  })

  test('from a clock that is a little ahead; from one far ahead when it counts', () => {
    expect(read(event({ time: '2026-03-04T10:05:00Z' }))).toMatchObject({ stampedAt: '2026-03-04T10:05:00.000000000Z' })
    expect(read(event({ time: '2031-01-01T00:00:00Z', sequence: '8' }))).toMatchObject({
      stampedAt: '2026-03-04T10:00:00.000000000Z',
    })
  })

  test.each([
    'order.placed',
    'order.updated',
    'payment.captured',
    'refund.succeeded',
    'shipment.tracking',
    'exception.raised',
  ])('as one to be kept when it is %s, whatever its data', (type) => {
    expect(data(type, ['anything'])).toMatchObject({ type, kept: true })
    expect(data(type, undefined)).toMatchObject({ type, kept: true, data: null })
  })

  test.each([
    ['product.updated', tent()],
    ['product.updated', { sku: 'T-4', price: null }],
    ['product.retired', { id: 'product/tent' }],
    ['policy.updated', tent({ kind: 'policy' })],
    ['inventory.adjusted', { sku: 'K', location: 'north', available: -2, reason: 'counted' }],
  ])('as %s with %j', (type, content) => {
    expect(data(type, content)).toMatchObject({ type, kept: false })
  })
})

describe('an event is refused', () => {
  test.each([
    ['when it is no object', 'text', 'not_an_event', /object/],
    ['without an id', event({ id: undefined }), 'attribute_missing', /^id/],
    ['without a source', event({ source: undefined }), 'attribute_missing', /^source/],
    ['without a type', event({ type: null }), 'attribute_missing', /^type/],
    ['of another version', event({ specversion: '0.3' }), 'specversion_unsupported', /1\.0/],
    ['with an id that is no text', event({ id: 7 }), 'attribute_invalid', /^id/],
    ['with a line break in its id', event({ id: 'a\nb' }), 'attribute_invalid', /^id/],
    ['with a source that is no URI', event({ source: 'the shop' }), 'attribute_invalid', /^source/],
    ['with a subject that is too long', event({ subject: 's'.repeat(301) }), 'attribute_too_long', /^subject.* 300/],
    ['with an attribute name nobody may use', event({ My_Extension: 1 }), 'attribute_invalid', /^My_Extension/],
    ['with a time that is none', event({ time: 'yesterday' }), 'attribute_invalid', /^time/],
    ['with a day that is none', event({ time: '2026-13-01T00:00:00Z' }), 'attribute_invalid', /^time/],
    ['from the future without counting', event({ time: '2026-03-04T10:05:01Z' }), 'time_ahead', /sequence/],
    ['with a sequence that is none', event({ sequence: '' }), 'attribute_invalid', /^sequence/],
    ['of a type nobody reads', event({ type: 'customer.created' }), 'type_unknown', /customer\.created/],
    ['of a kind of order event that does not exist', event({ type: 'order.eaten' }), 'type_unknown', /order\.eaten/],
    ['with data that is not JSON', event({ datacontenttype: 'text/xml' }), 'data_encoding', /JSON/],
    ['with data as bytes', event({ data: undefined, data_base64: 'e30=' }), 'data_encoding', /data_base64/],
    ['with too much data', event({ type: 'order.paid', data: 'x'.repeat(524_288) }), 'data_too_large', /import/],
  ])('%s', (_when, value, code, message) => {
    expect(read(value)).toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test.each([
    ['inventory.adjusted', undefined, /^data: /],
    ['inventory.adjusted', { available: 1 }, /^data\.sku/],
    ['inventory.adjusted', { sku: 'K', available: 1.5 }, /^data\.available/],
    ['product.updated', { sku: 'K', prise: 1, availability: 'in_stock' }, /prise/],
    ['product.updated', { price: { amount: 1, currency: 'EUR' } }, /data\.id or data\.sku/],
    ['product.updated', { sku: 'K' }, /neither a price/],
    ['product.updated', { sku: 'K', price: { amount: 1.5, currency: 'EUR' } }, /^data\.price\.amount/],
    ['product.updated', tent({ kind: 'song' }), /^data\.kind/],
    ['product.retired', {}, /data\.id, data\.sku or subject/],
    ['policy.updated', { id: 'p', kind: 'policy', title: 'P' }, /^data\.text/],
  ])('as %s with %j', (type, content, message) => {
    expect(data(type, content)).toMatchObject({
      id: 'e1',
      code: 'data_invalid',
      message: expect.stringMatching(message),
    })
  })

  test('with data nested too deep to be written', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
    expect(data('order.paid', deep)).toMatchObject({ code: 'data_invalid' })
    expect(data('product.updated', { sku: 'K', attributes: { a: deep } })).toMatchObject({ code: 'data_invalid' })
  })

  test.each(['__proto__', 'constructor', 'toString'])('of the type %s', (type) => {
    expect(read(event({ type }))).toMatchObject({ code: 'type_unknown' })
  })
})
