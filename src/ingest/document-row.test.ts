import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDocumentRow } from './document-row.ts'

const row = { id: 'a', kind: 'faq', title: 'Q?', text: 'A.' }
const problems = (value: unknown) => {
  const read = readDocumentRow(value)
  return read.ok ? [] : read.errors
}

describe('a row of an import', () => {
  test('is a document when it has what a document needs', () => {
    expect(readDocumentRow(row)).toEqual({ ok: true, document: row })
  })

  test('may hold null for a field that is not there', () => {
    const read = readDocumentRow({ ...row, url: null, attributes: { a: null, b: 1 }, scope: { region: null } })
    expect(read).toEqual({ ok: true, document: { ...row, attributes: { b: 1 }, scope: {} } })
  })

  test('may name an image, with or without what is to be seen on it', () => {
    const url = 'https://shop.example/tent.svg'
    expect(readDocumentRow({ ...row, image: { url, alt: null } })).toMatchObject({ document: { image: { url } } })
    expect(readDocumentRow({ ...row, image: { url, alt: 'A tent' } })).toMatchObject({ ok: true })
  })

  test('is refused with the name of every field that is wrong', () => {
    expect(
      problems({ id: 7, kind: 'song', title: ' ', colour: 'red', price: { amount: 1.5, currency: 'euro' } }),
    ).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'id', value: '7' }),
        expect.objectContaining({ path: 'kind', value: 'song' }),
        expect.objectContaining({ path: 'title' }),
        { path: 'text', message: 'Missing' },
        { path: 'colour', message: 'Unknown field', value: 'red' },
        expect.objectContaining({ path: 'price.amount', value: '1.5' }),
        expect.objectContaining({ path: 'price.currency', value: 'euro' }),
      ]),
    )
  })

  test.each([
    [{ kind: 'song' }, 'Has to be one of product, policy, faq, article'],
    [{ title: null }, 'Missing'],
    [{ title: ' ' }, 'Empty'],
    [{ title: 'x'.repeat(501) }, 'Over 500 characters long'],
    [{ text: 7 }, 'Has to be a text'],
    [{ aliases: 'one' }, 'Has to be a list'],
    [{ aliases: Array(101).fill('one') }, 'Over 100'],
    [{ price: { amount: -1, currency: 'EUR' } }, 'Less than 0'],
    [{ price: { amount: 1.5, currency: 'EUR' } }, 'Has to be a whole number'],
    [{ attributes: { weight: { value: 'heavy', unit: 'kg' } } }, /^Neither a text/],
    [{ id: '' }, 'Empty'],
    [{ id: ' ' }, 'Empty'],
  ])('with %j is told so in plain words, once', (field, message) => {
    const said = problems({ ...row, ...field }).map((one) => one.message)
    expect(said).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)])
  })

  test('needs a text unless it is a product', () => {
    expect(problems({ ...row, text: ' ' })).toMatchObject([{ path: 'text' }])
    expect(problems({ ...row, kind: 'product', text: '' })).toEqual([])
  })

  test.each([
    ['a script as its address', { url: 'javascript:alert(1)' }, 'url'],
    ['an id with a line break', { id: 'a\nb' }, 'id'],
    ['an image that no web address leads to', { image: { url: 'data:image/svg+xml,<svg/>' } }, 'image.url'],
    ['an image without its address', { image: { alt: 'A tent' } }, 'image.url'],
    ['a date that is none', { updatedAt: 'yesterday' }, 'updatedAt'],
    ['an end before its beginning', { validFrom: '2026-02-01', validUntil: '2026-01-01' }, 'validUntil'],
  ])('is refused with %s', (_what, field, path) => {
    expect(problems({ ...row, ...field })).toMatchObject([{ path }])
  })

  test.each([null, 'text', 7, [], [row]])('is refused when it is %j', (value) => {
    expect(problems(value)).toMatchObject([{ path: '' }])
  })
})

const SHARED = resolve(import.meta.dirname, '../../../shared/data')
test.for(['retail', 'contoso', 'tau2', 'squad2', 'basecamp', 'bitext', 'covidfaq'])(
  'every row of %s-documents.jsonl is a document',
  (name, { skip }) => {
    skip(!existsSync(SHARED), 'the shared data is not beside this checkout')
    const lines = readFileSync(join(SHARED, `${name}-documents.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(readDocumentRow(JSON.parse(line))).toMatchObject({ ok: true })
  },
)
