import { expect, test } from 'vitest'
import { PHRASES as COMPOSED } from '#rag/compose/phrases.ts'
import type { Speech } from '#rag/understand/understanding.port.ts'
import { say } from './phrases.ts'
import { AR } from './speech/ar.ts'

const NAMES = Object.keys(AR) as (keyof typeof AR)[]
const SPEECHES: Speech[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'ar']
const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot).sort()
const asIs = { title: '{title}', titles: '{titles}', language: '{language}', page: '{page}', quote: '{quote}' }

test.each(SPEECHES)('every phrase is said in %s, with the slots of the English one', (speech) => {
  for (const name of NAMES) {
    expect(slots(say(speech, name, asIs)), name).toEqual(slots(say('en', name, asIs)))
  }
  const { [speech]: own, en } = COMPOSED
  expect(Object.keys(own).sort()).toEqual(Object.keys(en).sort())
  for (const [name, text] of Object.entries(own)) expect(slots(text), name).toEqual(slots(en[name] ?? ''))
})

test('Arabic has no Latin letter of its own', () => {
  for (const text of [...Object.values(AR), ...Object.values(COMPOSED.ar)])
    expect(text.replace(/\{\w+\}/g, '')).not.toMatch(/[A-Za-z]/)
})
