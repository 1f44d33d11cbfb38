import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import english from '../../texts/en.ts'
import { LANGUAGES } from './languages.ts'
import { pseudoLocale } from './pseudo-locale.ts'
import { direction, localeWithTexts, type Plural, type Texts, wording } from './wording.ts'

const FOLDER = join(import.meta.dirname, '../../texts')
const languages = readdirSync(FOLDER).map((file) => file.replace('.ts', ''))
const placeholders = (text: string | Plural): string[] =>
  [...(typeof text === 'string' ? text : text.other).matchAll(/\{\w+\}/g)].map(([name]) => name).sort()

describe('texts', () => {
  test('are eight languages, each a file of its own', () => {
    expect(languages.sort()).toEqual([...LANGUAGES].sort())
  })

  test.each(languages)('%s says everything, with the same things filled in', async (language) => {
    const texts = (await import(join(FOLDER, `${language}.ts`))).default as Texts
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort())
    for (const [key, text] of Object.entries(texts))
      expect([key, placeholders(text)]).toEqual([key, placeholders(english[key as keyof Texts])])
  })

  test.each(languages)('%s has every plural form its language asks for', async (language) => {
    const texts = (await import(join(FOLDER, `${language}.ts`))).default as Texts
    const rules = new Set(Array.from({ length: 200 }, (_, count) => new Intl.PluralRules(language).select(count + 1)))
    const lacking = Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string' ? [] : [...rules].filter((rule) => !(rule in text)).map((rule) => `${key}.${rule}`),
    )
    expect(lacking).toEqual([])
  })
})

describe('wording', () => {
  test('fills in names, and numbers as the locale writes them', () => {
    const say = wording(english, 'de')
    expect(say('privacy_kept', { count: 1_200 })).toBe('Conversations are deleted after 1.200 days.')
    expect(say('order', { id: 'LH-1' })).toBe('Order LH-1')
  })

  test('leaves alone what looks like a placeholder inside of what is filled in', () => {
    expect(wording(english, 'en')('heard_person', { name: 'Mara', text: '{name} $& $1' })).toBe(
      'Mara wrote: {name} $& $1',
    )
  })

  test('chooses the first wished language that has texts', () => {
    expect(localeWithTexts(['xx', 'de-AT', 'fr'], LANGUAGES)).toBe('de-AT')
    expect(localeWithTexts(['xx'], LANGUAGES)).toBeNull()
  })

  test('knows which languages are written from right to left', () => {
    expect(['ar', 'ar-EG', 'he', 'en', 'arn'].map(direction)).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr'])
  })
})

test('the pseudo-locale marks every text and keeps what is filled in', () => {
  const texts = pseudoLocale(english)
  expect(texts.talk).toMatch(/^⟦.*⟧$/)
  expect(texts.talk.length).toBeGreaterThan(english.talk.length * 1.3)
  expect(wording(texts, 'en')('order', { id: 'LH-1' })).toContain('LH-1')
})
