import type { ShopId } from '#domain/ids.ts'

type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** When people answer. `days` are local times `['09:00', '17:00']` in `timeZone` (IANA); a day that is missing is closed. */
export type SupportHours = {
  timeZone: string
  days: Partial<Record<Weekday, [from: string, to: string]>>
  replyWithinMinutes: number
  queue: string
}

/**
 * `settings` is everything the shop's owner set; `support` and `retentionDays` (how long a conversation is kept after its last
 * event, 365 unless set) are read out of it, with defaults for what is missing or unreadable.
 */
export type Shop = {
  id: ShopId
  name: string
  defaultLocale: string
  currency: string
  settings: unknown
  support: SupportHours
  retentionDays: number
}

export type Shops = {
  get(id: ShopId, signal: AbortSignal): Promise<Shop | null>
  /** Creates the shop or replaces everything but its id. */
  put(shop: Omit<Shop, 'support' | 'retentionDays'>, signal: AbortSignal): Promise<void>
  list(signal: AbortSignal): Promise<Shop[]>
}
