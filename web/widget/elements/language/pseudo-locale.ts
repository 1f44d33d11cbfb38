import type { Plural, Texts } from './wording.ts'

const ACCENTED: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ö',
  u: 'ü',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  y: 'ý',
  A: 'Â',
  E: 'É',
  I: 'Î',
  O: 'Ø',
  U: 'Û',
}

/**
 * `texts` as no language has them: marked at both ends and a third longer, so that a test sees what is clipped and what was
 * never translated. Placeholders stay.
 */
export function pseudoLocale(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? pseudo(text) : pseudoForms(text)]),
  ) as Texts
}

function pseudoForms(forms: Plural): Plural {
  return {
    ...Object.fromEntries(Object.entries(forms).map(([rule, form]) => [rule, pseudo(form)])),
    other: pseudo(forms.other),
  }
}

function pseudo(text: string): string {
  const letters = text
    .split(/(\{\w+\})/)
    .map((part, index) => (index % 2 ? part : part.replace(/\w/g, (letter) => ACCENTED[letter] ?? letter)))
  return `⟦${letters.join('')}${'~'.repeat(Math.ceil(text.length / 3))}⟧`
}
