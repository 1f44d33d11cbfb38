import { bareKey } from '../words.ts'

/** Shorter keys are sizes, years and counts. */
const SHORTEST = 4
/** Letters and digits held together by what stands inside article numbers. */
const MARKED = /[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)+/gu
const CAPITALS = /(?<![\p{L}\p{N}])[\p{Lu}\p{N}]{4,}(?![\p{L}\p{N}])/gu
/** What is written behind one of these is meant as an article number, however it looks. */
const INTRODUCED =
  /(?:\bsku|\bitem (?:no|number)|\barticle (?:no|number)|\bmodel (?:no|number)|\bpart (?:no|number)|\bproduct (?:code|number)|\bart(?:ikel)?[-. ]?(?:nr|nummer)|\bbestell[-. ]?(?:nr|nummer)|\bmodell(?:nr|nummer))\b[\s.:#]*(?:is |ist |lautet )?([\p{L}\p{N}]+(?:[-_./ ][\p{L}\p{N}]+){0,3})/giu

/**
 * Bare keys of what is written like an article number although it may have no digit: held together by marks (`KA-DAWN`), in
 * capitals, named as one (`article number kadawn`), or alone. Which of them are article numbers the shop's own keys decide.
 */
export function writtenAsArticleNumber(text: string): string[] {
  const keys = new Set<string>()
  const add = (written: string) => {
    const key = bareKey(written)
    if (key.length >= SHORTEST) keys.add(key)
  }
  for (const [written] of text.matchAll(MARKED)) add(written)
  // In a text all in capitals they say nothing.
  if (/\p{Ll}/u.test(text)) for (const [written] of text.matchAll(CAPITALS)) add(written)
  for (const [, written = ''] of text.matchAll(INTRODUCED)) {
    const words = written.split(/[ ]/)
    for (let length = 1; length <= words.length; length += 1) add(words.slice(0, length).join(' '))
  }
  const alone = text.trim().replace(/[?!.]+$/, '')
  if (alone.length <= 32 && alone.split(/\s+/).length <= 2) add(alone)
  return [...keys]
}
