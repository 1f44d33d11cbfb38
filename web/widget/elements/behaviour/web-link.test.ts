import { expect, test } from 'vitest'
import { webLink } from './web-link.ts'

const PAGE = 'http://127.0.0.1:3000/demo/'
const REWRITE: [string, string] = ['https://larkhaven.example.com', '/demo']

test.each([
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  [' JaVaScRiPt:alert(1)', null],
  ['https://', null],
  [null, null],
  ['https://shop.example/a?b#c', 'https://shop.example/a?b#c'],
])('%s is opened as %s', (url, opened) => {
  expect(webLink(url, null, PAGE)).toBe(opened)
})

test('what lies at the rewritten origin is opened under the other base, and nothing else', () => {
  expect(webLink('https://larkhaven.example.com/p/dawn?x=1#y', REWRITE, PAGE)).toBe(
    'http://127.0.0.1:3000/demo/p/dawn?x=1#y',
  )
  expect(webLink('https://larkhaven.example.com.evil.example/p', REWRITE, PAGE)).toBe(
    'https://larkhaven.example.com.evil.example/p',
  )
  expect(webLink('javascript:alert(1)', REWRITE, PAGE)).toBeNull()
})
