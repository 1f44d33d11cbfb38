import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { gapsBetween } from './match-units.ts'
import { versionDifference } from './version-difference.ts'

const page = (text: string, more: Partial<ShopDocument> = {}): ShopDocument => ({
  id: documentId('p'),
  kind: 'policy',
  title: 'Returns',
  text,
  ...more,
})
const between = (before: string, after: string) => versionDifference(page(before), page(after))

describe('the difference between two versions', () => {
  test('names a new wording under its heading, with both texts', () => {
    const text = (days: number) =>
      `# Returns\n\nBring it back.\n\n## How long\n\nYou have ${days} days.\n\nUnused only.`
    expect(between(text(30), text(14))).toEqual({
      differs: true,
      fields: [],
      passages: [
        {
          change: 'changed',
          heading: ['Returns', 'How long'],
          before: 'You have 30 days.',
          after: 'You have 14 days.',
          clipped: false,
        },
      ],
      counts: { fields: 0, added: 0, removed: 0, changed: 1 },
      complete: true,
    })
  })

  test('tells list items and table rows apart, and what came from what went', () => {
    const before = '- Chairs\n- Tables\n- Beds\n\n| Land | Days |\n| --- | --- |\n| AT | 3 |\n| DE | 2 |'
    const after = '- Chairs\n- Beds\n- Sofas\n\n| Land | Days |\n| --- | --- |\n| AT | 3 |\n| DE | 5 |'
    const told = between(before, after).passages.map(({ change, before, after }) => [change, before, after])
    expect(told).toEqual([
      ['removed', '- Tables', null],
      ['added', null, '- Sofas'],
      ['changed', '| DE | 2 |', '| DE | 5 |'],
    ])
  })

  test('is nothing where only markup differs', () => {
    const difference = between('Bring **it** back.\n\n* One', '<p>Bring it   back.</p><ul><li>One</li></ul>')
    expect(difference).toMatchObject({ passages: [], fields: [] })
    expect(difference.differs).toBe(false)
  })

  test('lists typed fields by name, whatever the order of their members', () => {
    const before = page('T', {
      price: { amount: 1000, currency: 'EUR' },
      attributes: { weight: { value: 2, unit: 'kg' }, color: 'red' },
      aliases: ['back'],
      scope: { region: 'DE' },
    })
    const after = page('T', {
      price: { currency: 'EUR', amount: 1000 },
      attributes: { weight: { unit: 'kg', value: 2.5 }, washable: true },
      title: 'Sending back',
      scope: { region: 'DE' },
    })
    expect(versionDifference(before, after).fields).toEqual([
      { field: 'aliases', before: ['back'], after: null },
      { field: 'attributes.color', before: 'red', after: null },
      { field: 'attributes.washable', before: null, after: true },
      { field: 'attributes.weight', before: { value: 2, unit: 'kg' }, after: { unit: 'kg', value: 2.5 } },
      { field: 'title', before: 'Returns', after: 'Sending back' },
    ])
  })

  test('of a text written anew is bounded, and says that there is more', () => {
    const many = (word: string) => Array.from({ length: 900 }, (_, at) => `${word}${at} ${word}x${at}.`).join('\n\n')
    const difference = between(many('owl'), many('fox'))
    expect(difference.passages).toHaveLength(200)
    expect(difference.counts).toEqual({ fields: 0, added: 900, removed: 900, changed: 0 })
    expect(difference.complete).toBe(false)
  })

  test('of texts too long to read at once is in their fields alone, and says so', () => {
    const long = (word: string) => `${word} ${'sea '.repeat(26_000)}`
    const difference = versionDifference(page(long('owl')), page(long('fox'), { title: 'Sending back' }))
    expect(difference).toEqual({
      differs: true,
      fields: [{ field: 'title', before: 'Returns', after: 'Sending back' }],
      passages: [],
      counts: { fields: 1, added: 0, removed: 0, changed: 0 },
      complete: false,
    })
    expect(between(long('owl'), long('owl'))).toMatchObject({ differs: false, complete: true })
    expect(between(long('owl'), long('fox'))).toMatchObject({ differs: true, complete: false })
  })

  test('finds the new wording by words as often as they stand there', () => {
    const before = 'Sea sea sea owl.'
    const told = between(before, 'Sea fox ant bee.\n\nSea sea sea fox.').passages
    expect(told.map(({ change, before, after }) => [change, before, after])).toEqual([
      ['added', null, 'Sea fox ant bee.'],
      ['changed', 'Sea sea sea owl.', 'Sea sea sea fox.'],
    ])
  })

  test('of a long passage is shown around the first difference', () => {
    const long = (word: string) => `${'The sea is wide. '.repeat(300)}${word} ${'It is deep, too. '.repeat(300)}`
    const [change] = between(long('Herons'), long('Gulls')).passages
    expect(change).toMatchObject({ change: 'changed', clipped: true })
    expect(change?.before).toMatch(/^… .*Herons.* …$/s)
    expect(change?.after?.length).toBeLessThan(1_600)
  })

  test('gives what stands in one version and not in the other, whatever they are', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 14 })
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const gaps = gapsBetween(before, after)
        const gone = new Set(gaps.flatMap((gap) => gap.before))
        const fresh = new Set(gaps.flatMap((gap) => gap.after))
        expect(gone.size).toBe(gaps.flatMap((gap) => gap.before).length)
        expect(before.filter((_, at) => !gone.has(at))).toEqual(after.filter((_, at) => !fresh.has(at)))
        if (before.join() === after.join()) expect(gaps).toEqual([])
      }),
    )
  })
})
