import type english from '../../texts/en.ts'

export type TextKey = keyof typeof english
/** Forms by the categories of `Intl.PluralRules`; `other` is the one every language has. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
/** What one file of `web/widget/texts` gives: plural texts have forms, all others are plain. */
export type Texts = { [Key in TextKey]: (typeof english)[Key] extends string ? string : Plural }
/** The text of `key` with its `{placeholders}` filled; numbers are written as the locale does. */
export type Say = (key: TextKey, values?: Record<string, string | number>) => string

/** Says `texts` in `locale` (BCP 47). */
export function wording(texts: Texts, locale: string): Say {
  const plurals = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (key, values = {}) => {
    const text = texts[key]
    const count = values.count
    const form = typeof text === 'string' ? text : (text[plurals.select(Number(count))] ?? text.other)
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      return typeof value === 'number' ? numbers.format(value) : (value ?? whole)
    })
  }
}

/** Whether `locale` is written from right to left. Source: CLDR, the languages shops write. */
export function direction(locale: string): 'rtl' | 'ltr' {
  return /^(ar|arc|ckb|dv|fa|ha-arab|he|khw|ks|ps|sd|ug|ur|yi)\b/i.test(locale) ? 'rtl' : 'ltr'
}

/** The wished locale that has texts, by its language; null when none of `wished` has. */
export function localeWithTexts(wished: readonly string[], known: readonly string[]): string | null {
  return wished.find((locale) => known.includes(languageOf(locale))) ?? null
}

/** `de-AT` → `de`. */
export function languageOf(locale: string): string {
  return locale.toLowerCase().split('-')[0] ?? ''
}
