import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const LAST = 52

const page = readFileSync(join(ROOT, 'docs/promises.md'), 'utf8')
const rows = new Map(
  [...page.matchAll(/^\| W(\d+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, number, promise, held]) => [
    Number(number),
    { promise: promise?.trim() ?? '', held: held?.trim() ?? '' },
  ]),
)
const tested = new Set(
  ['src', 'test', 'web']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(ROOT, folder, name)),
    )
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('promises.test.ts'))
    .flatMap((file) => titles(readFileSync(file, 'utf8')))
    .flatMap((title) => [...title.matchAll(/\bW(\d+)\b/g)].map(([, number]) => Number(number))),
)

test('every promise to shoppers stands on the page once', () => {
  expect([...rows.keys()]).toEqual(Array.from({ length: LAST }, (_, at) => at + 1))
})

test('a promise is named by a test, or the page says why it is not', () => {
  const open = [...rows].filter(
    ([number, { held }]) => !tested.has(number) && !/^(not tested|not built): \S/.test(held),
  )
  expect(open.map(([number]) => `W${number}`)).toEqual([])
})

test('what a test names is not called untested', () => {
  expect(
    [...rows].filter(([number, { held }]) => tested.has(number) && held.startsWith('not ')).map(([number]) => number),
  ).toEqual([])
})

function titles(code: string): string[] {
  return [
    ...code.matchAll(/\b(?:test|describe|describeInBrowser)(?:\.each\([^)]*\))?\(\s*(['"`])((?:(?!\1).)*)\1/gs),
  ].map(([, , title]) => title ?? '')
}
