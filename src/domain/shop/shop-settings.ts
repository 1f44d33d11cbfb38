import type { OpeningHours } from '../opening-hours.ts'

/** When people answer, and the queue their work waits in. */
export type SupportHours = OpeningHours & { queue: string }

/** What shoppers read before their first message. `version` names this wording: consent is given to a version. */
export type PrivacyNotice = { version: string; notice: string; url: string | null; consent: 'none' | 'required' }

/** What a shop's owner decides. `locales`: languages the widget speaks (BCP 47), every one it knows when empty. */
export type ShopSettings = {
  support: SupportHours
  assistant: { name: string }
  privacy: PrivacyNotice
  starters: string[]
  locales: string[]
  /** How long a conversation is kept after its last event, in days. */
  retentionDays: number
}

/** Monday to Friday, nine to five, a reply within two hours of opening time: careful, and a shop sets its own. */
const OFFICE_HOURS: [string, string] = ['09:00', '17:00']

/** What counts until the owner says otherwise. A year of conversations shows every season once. */
export const DEFAULT_SETTINGS: ShopSettings = {
  support: {
    timeZone: 'UTC',
    days: { mon: OFFICE_HOURS, tue: OFFICE_HOURS, wed: OFFICE_HOURS, thu: OFFICE_HOURS, fri: OFFICE_HOURS },
    replyWithinMinutes: 120,
    queue: 'support',
  },
  assistant: { name: 'Assistant' },
  privacy: { version: '1', notice: '', url: null, consent: 'none' },
  starters: [],
  locales: [],
  retentionDays: 365,
}

/** A time of day as `HH:MM`, up to 24:00, which closes a day. */
export const TIME_OF_DAY = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/

export function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)
}

/** Whether `tag` is a language tag that can exist: `en`, `pt-BR`. */
export function isLocale(tag: string): boolean {
  try {
    // Longer first parts are well-formed too, and reserved: no language has one (RFC 5646, section 2.2.1).
    return /^[A-Za-z]{2,3}(-|$)/.test(tag) && Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/**
 * The language the widget speaks to a reader who asked for `wanted`: that one where the shop allows it, another of the same
 * language, else the shop's own. Never throws.
 */
export function widgetLocale(wanted: string | null, locales: string[], defaultLocale: string): string {
  if (!wanted || !isLocale(wanted)) return defaultLocale
  if (locales.length === 0) return wanted
  const language = (tag: string) => tag.toLowerCase().split('-')[0]
  const exact = locales.find((tag) => tag.toLowerCase() === wanted.toLowerCase())
  return exact ?? locales.find((tag) => language(tag) === language(wanted)) ?? defaultLocale
}
