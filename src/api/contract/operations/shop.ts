import { z } from '@hono/zod-openapi'
import { isLocale, isTimeZone, TIME_OF_DAY } from '#domain/shop/shop-settings.ts'
import { endpoint, json } from '../endpoint.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A week: longer is no promise. */
const LONGEST_REPLY_MINUTES = 10_080

const line = (most: number) => z.string().trim().min(1).max(most)
const locale = z.string().max(35).refine(isLocale, 'a BCP 47 language tag, like en or pt-BR')
const timeOfDay = z.string().regex(TIME_OF_DAY, 'a time of day HH:MM, 24:00 at the latest')
const openingTime = z
  .tuple([timeOfDay, timeOfDay])
  .refine(([from, to]) => from < to, 'closes before it opens; hours over midnight are two days')
  .openapi({ type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2, example: ['09:00', '18:00'] })

const SupportSchema = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone, like Europe/Berlin'),
  days: z.partialRecord(z.enum(DAYS), openingTime).openapi({
    type: 'object',
    description: 'When people answer, in the time zone. A day that is missing is closed.',
    example: { mon: ['09:00', '18:00'], sat: ['10:00', '14:00'] },
  }),
  replyWithinMinutes: z.int().min(1).max(LONGEST_REPLY_MINUTES).openapi({ description: 'Of opening time.' }),
  queue: line(60),
})

const webAddress = z.url({ protocol: /^https?$/, error: 'an address that begins with https:// or http://' }).max(2_000)

const PrivacySchema = z
  .strictObject({
    version: line(40).openapi({ description: 'Names this wording; consent is given to a version.' }),
    notice: z.string().trim().max(4_000).openapi({ description: 'Plain text; empty for none.' }),
    url: webAddress.nullable(),
    consent: z.enum(['none', 'required']),
  })
  .refine(({ consent, notice }) => consent === 'none' || notice.length > 0, {
    path: ['notice'],
    message: 'consent needs a notice to agree to',
  })

/** The same to read and to write, so that what was read can be changed and sent back. */
export const ShopSettingsSchema = z
  .strictObject({
    name: line(100),
    defaultLocale: locale,
    support: SupportSchema,
    assistant: z.strictObject({ name: line(60) }),
    privacy: PrivacySchema,
    starters: z
      .array(line(120))
      .max(6)
      .refine((texts) => new Set(texts).size === texts.length, 'the same question twice')
      .openapi({ description: 'Questions the widget offers before the first message.' }),
    locales: z
      .array(locale)
      .max(40)
      .openapi({ description: 'Languages the widget speaks; every one it knows when empty.' }),
    retentionDays: z.int().min(1).max(36_500).openapi({
      description: 'Conversations are erased so long after their last event; their counts stay.',
    }),
  })
  .openapi('ShopSettings', {
    example: {
      name: 'Larkhaven',
      defaultLocale: 'en',
      support: {
        timeZone: 'Europe/Berlin',
        days: { mon: ['09:00', '18:00'], sat: ['10:00', '14:00'] },
        replyWithinMinutes: 120,
        queue: 'support',
      },
      assistant: { name: 'Wren' },
      privacy: { version: '2026-01', notice: 'We keep this chat for a year.', url: null, consent: 'none' },
      starters: ['How long do I have to return something?'],
      locales: [],
      retentionDays: 365,
    },
  })

const ETag = {
  ETag: { description: 'Names this state; send it back as If-Match.', schema: { type: 'string' as const } },
}

export const getShopRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/shop',
    tags: ['Operations'],
    summary: 'The shop’s settings',
    responses: { 200: { description: 'The settings', headers: ETag, content: json(ShopSettingsSchema) } },
  },
)

export const putShopRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'json', idempotent: true },
  {
    method: 'put',
    path: '/v1/shop',
    tags: ['Operations'],
    summary: 'Replace the shop’s settings',
    description:
      'Needs `If-Match` with the ETag that was read: 428 `api.shop.if_match_missing` without, 412 `api.shop.changed` when somebody changed them meanwhile. 422 `api.shop.privacy_version`: another wording of a notice that needs or needed consent needs another version.',
    request: {
      headers: z.object({ 'if-match': z.string().max(200).optional() }),
      body: { required: true, content: json(ShopSettingsSchema) },
    },
    responses: {
      200: { description: 'The settings as they are now', headers: ETag, content: json(ShopSettingsSchema) },
    },
    problems: [412, 422, 428],
  },
)
