import { describe, expect, test } from 'vitest'
import type { ShopDocument } from '#domain/document.ts'
import { statementsOf } from './statements.ts'

const document = (kind: ShopDocument['kind'], title: string) => ({ id: kind, kind, title, text: '' }) as ShopDocument
const said = (kind: ShopDocument['kind'], title: string, text: string, under = '') =>
  statementsOf(document(kind, title), [{ text, under }])

describe('a policy and a product speak of one thing', () => {
  test.each<[title: string, policy: string, other: string, topic: string, kind?: ShopDocument['kind']]>([
    ['Shipping', 'Shipping is free on orders over €75.', 'Free shipping on orders over €20.', 'free shipping from'],
    ['Delivery', 'Delivery is free from €75.', 'Free delivery from €20.', 'free shipping from'],
    ['Shipping', 'Shipping is €4.90.', 'Shipping costs €5.90.', 'shipping cost', 'faq'],
    ['Returns', 'Items can be returned within 30 days.', 'Returns are accepted within 21 days.', 'return period'],
    ['Returns', 'We accept returns within 30 days.', 'You can return it within 21 days.', 'return period'],
  ])('under %s: %s · %s', (title, policy, product, topic, kind = 'product') => {
    const [one] = said('policy', title, policy, title)
    const [other] = said(kind, kind === 'faq' ? 'Shipping?' : 'Cedar Stool', product)
    expect([one?.topic, other?.topic]).toEqual([topic, topic])
    expect(one?.key).toBe(other?.key)
    expect(one?.value).not.toBe(other?.value)
  })
})

test('what narrows a rule down makes it another', () => {
  const [all] = said('policy', 'Returns', 'Items can be returned within 30 days.', 'Returns')
  const [some] = said('policy', 'Returns', 'Headphones can be returned within 14 days.', 'Returns')
  expect(some?.key).not.toBe(all?.key)
})
