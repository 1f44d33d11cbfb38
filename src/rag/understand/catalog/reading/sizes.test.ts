import { expect, test } from 'vitest'
import { hasSize, sizeAsked } from './sizes.ts'

test.each([
  ['waterproof jackets in size M', 'm'],
  ['size 42 boots', '42'],
  ['Jacken in Größe XL', 'xl'],
])('%s asks for %s', (text, size) => expect(sizeAsked(text)?.size).toBe(size))

test.each([
  ['S to XL', 'm', true],
  ['XS to XXL', '2xl', true],
  ['S, M, L', 'm', true],
  ['S to M', 'xl', false],
  ['36–42', '40', true],
  ['36 to 42', '44', false],
  ['one size', 'm', null],
  ['36 to 42', 'm', null],
])('%s for %s: %s', (listed, size, has) => expect(hasSize(listed, size)).toBe(has))
