import { expect, test } from 'vitest'
import { LANGUAGES } from '../widget/elements/language/languages.ts'
import { launcherTexts } from './launcher-texts.ts'
import { memory } from './memory.ts'
import { readRewrite, readTheme, serverOf, subjectOf } from './settings.ts'

test('the server is where the script came from, also below a path', () => {
  expect(serverOf('https://chat.example/widget.js')).toBe('https://chat.example')
  expect(serverOf('https://shop.example/purser/widget.js?v=2')).toBe('https://shop.example/purser')
})

test('a rewrite is two addresses, or nothing', () => {
  expect(readRewrite('https://a.example=/demo')).toEqual(['https://a.example', '/demo'])
  for (const text of [null, '', '=', 'https://a.example']) expect(readRewrite(text)).toBeNull()
})

test('an unknown theme is the system’s', () => {
  expect(['light', 'dark', 'blue', null].map(readTheme)).toEqual(['light', 'dark', 'auto', 'auto'])
})

test('a token’s subject is read where there is one, and else the token stands for itself', () => {
  const token = `h.${Buffer.from('{"sub":"C-1?>"}').toString('base64url')}.s`
  expect(subjectOf(token)).toBe('C-1?>')
  expect(subjectOf('opaque')).toBe('opaque')
  expect(subjectOf(null)).toBeNull()
})

test('texts are of the first wished language there is, English otherwise', () => {
  expect(launcherTexts(['pt-BR', 'de-AT', 'en']).language).toBe('de')
  expect(launcherTexts(['xx']).language).toBe('en')
  expect(launcherTexts(['ar-EG']).direction).toBe('rtl')
})

test('the button speaks every language the panel has texts of, which it fetches by that', () => {
  expect(LANGUAGES.map((language) => launcherTexts([language]).language)).toEqual([...LANGUAGES])
})

test('storage that is blocked counts as empty', () => {
  const blocked = memory(() => {
    throw new DOMException('denied', 'SecurityError')
  })
  blocked.write('a', '1')
  expect(blocked.read('a')).toBeNull()
})
