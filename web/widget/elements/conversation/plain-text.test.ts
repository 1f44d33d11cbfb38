import type { TemplateResult } from 'lit/html.js'
import { expect, test } from 'vitest'
import { type Mark, plainText } from './plain-text.ts'

/** What a template would draw, without a document to draw it in. */
function drawn(part: unknown): string {
  if (Array.isArray(part)) return part.map(drawn).join('')
  if (typeof part === 'string') return part
  if (typeof part !== 'object' || part === null || !('strings' in part)) return ''
  const { strings, values } = part as TemplateResult
  return strings.map((text, at) => text + drawn(values[at])).join('')
}
const cellsOf = (text: string, marks: Mark[] = []) =>
  [...drawn(plainText(text, () => null, marks)).matchAll(/<t[hd] [^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell)

test('a bar that was escaped is part of its cell', () => {
  expect(cellsOf('|  | A \\| B | C |\n| --- | --- | --- |\n| seats | 2 \\| 3 |  |')).toEqual([
    '',
    'A | B',
    'C',
    'seats',
    '2 | 3',
    '',
  ])
})

test('a row that is still arriving ends where it does', () => expect(cellsOf('|  | A \\|')).toEqual(['', 'A |']))

test('a mark behind an escaped bar stands behind its cell', () => {
  const text = '| a \\| b | c |'
  expect(cellsOf(text, [{ end: 8, drawn: '[1]' as unknown as TemplateResult }])).toEqual(['a | b[1]', 'c'])
})

test('outside a table it is what was written', () =>
  expect(drawn(plainText('a \\| b', () => null))).toContain('a \\| b'))
