import { expect, test } from 'vitest'
import type { Audience, Chunk, DocumentKind } from '#domain/document.ts'
import { chunkOf } from '../../../../test/fixtures/chunk-builder.ts'
import { placementOf, visibleClasses } from './visibility.ts'

function seen(chunks: Chunk[], audience: Audience, kinds: DocumentKind[] | null = null): string[] {
  const visible = visibleClasses(chunks.map(placementOf), () => 1, audience, kinds)
  return chunks.filter((_, place) => visible[place]).map(({ title }) => title)
}
const localised = (...locales: (string | undefined)[]) =>
  locales.map((locale) => chunkOf(locale ?? 'any', locale ? { locale } : {}))

test.each<[string, (string | undefined)[], string[]]>([
  ['de', ['de', 'en', undefined], ['de', 'any']],
  ['de-AT', ['de-AT', 'de', 'de-CH', 'en'], ['de-AT', 'de']],
  ['de', ['de-CH', 'en'], ['de-CH']],
  ['fr', ['de', 'en', undefined], ['en', 'any']],
  ['fr', ['de', 'nl', 'de'], ['de', 'de']],
  ['EN_gb', ['en', 'de'], ['en']],
])('a question in %s among %j sees %j', (locale, content, wanted) => {
  expect(seen(localised(...content), { locale })).toEqual(wanted)
})

test('falls back by kind: products in one language serve where policies have the asked one', () => {
  const chunks = [
    chunkOf('policy', { kind: 'policy', locale: 'de' }),
    chunkOf('policy-en', { kind: 'policy', locale: 'en' }),
    chunkOf('tent', { kind: 'product', locale: 'en' }),
  ]
  expect(seen(chunks, { locale: 'de' })).toEqual(['policy', 'tent'])
})

test('a question without a locale sees every language', () => {
  expect(seen(localised('de', 'en'), {})).toEqual(['de', 'en'])
})

test('content for an audience is seen by that audience alone', () => {
  const chunks = [chunkOf('open'), chunkOf('staff', { audience: 'staff' }), chunkOf('public', { audience: 'public' })]
  expect(seen(chunks, {})).toEqual(['open', 'public'])
  expect(seen(chunks, { audience: 'Staff' })).toEqual(['open', 'staff', 'public'])
})

test('a region excludes only what is for another region', () => {
  const chunks = [chunkOf('all'), ...['US', 'EU', 'DE'].map((region) => chunkOf(region, { scope: { region } }))]
  expect(seen(chunks, { region: 'de' })).toEqual(['all', 'EU', 'DE'])
  expect(seen(chunks, { region: 'US-CA' })).toEqual(['all', 'US'])
  expect(seen(chunks, {})).toEqual(['all', 'US', 'EU', 'DE'])
})

test('a channel excludes only what is for another channel', () => {
  const chunks = [chunkOf('all'), chunkOf('web', { scope: { channel: 'web' } })]
  expect(seen(chunks, { channel: 'store' })).toEqual(['all'])
  expect(seen(chunks, { channel: 'Web' })).toEqual(['all', 'web'])
})
