import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markdownBlocks } from './markdown-blocks.ts'

/** An entity makes the parser read the whole text; its paragraph is the last block. */
const parsed = (text: string) => markdownBlocks(`${text}\n\n&amp;`).slice(0, -1)
const PIECES = [
  '**',
  '*',
  '_',
  'a',
  'Word',
  'In the box:',
  '**In the box:** x, y.',
  '**é 2**',
  '**x**',
  '.',
  '"',
  '1.',
  '- ',
  '# ',
  '\n',
  '\n\n',
  ' ',
  '  ',
]

test('bold labels are read without the parser, and as the parser reads them', () => {
  expect(markdownBlocks('A kettle.\n\n**In the box:** kettle, base.\n\n**Care:** Descale it.')).toEqual([
    { kind: 'paragraph', text: 'A kettle.' },
    { kind: 'paragraph', text: 'In the box: kettle, base.' },
    { kind: 'paragraph', text: 'Care: Descale it.' },
  ])
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }), (pieces) => {
      const text = pieces.join('')
      expect(markdownBlocks(text)).toEqual(parsed(text))
    }),
    { numRuns: 1_000 },
  )
})
