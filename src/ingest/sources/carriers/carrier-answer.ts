import { z } from 'zod'
import { tryReadJson } from '#domain/foreign-json.ts'
import type { Attribute } from '../feeds/merchant-item.ts'
import { readXmlItem } from '../feeds/xml-item.ts'
import { isoTime } from './event-times.ts'
import {
  type AnsweredParcel,
  type AnswerParts,
  canadaPostAnswer,
  dhlAnswer,
  fedexAnswer,
  upsAnswer,
  uspsAnswer,
} from './xml-answers.ts'

/** Longer answers are not tracking. */
const LONGEST = 4_000_000
const XML: Record<string, (root: Attribute[]) => AnswerParts> = {
  usps: uspsAnswer,
  ups: upsAnswer,
  fedex: fedexAnswer,
  dhl: dhlAnswer,
  canadapost: canadaPostAnswer,
}
const EasyPost = z.object({
  tracking_code: z.string().nullish(),
  tracking_details: z.array(
    z.object({
      datetime: z.string(),
      status: z.string(),
      status_detail: z.string().nullish(),
      message: z.string().nullish(),
      tracking_location: z.object({ city: z.string().nullish() }).nullish(),
    }),
  ),
})

/** `refused`: the carrier answered that it has nothing. `unreadable`: this is no answer of that carrier. */
export type CarrierAnswer =
  | { outcome: 'read'; parcels: AnsweredParcel[] }
  | { outcome: 'refused'; why: string }
  | { outcome: 'unreadable'; why: string }

/** Reads what a carrier's tracking service answered: XML of USPS, UPS, FedEx, DHL Express and Canada Post, JSON of EasyPost. Never throws. */
export function readCarrierAnswer(carrier: string, answer: string): CarrierAnswer {
  if (answer.length > LONGEST) return { outcome: 'unreadable', why: 'over 4 MB' }
  if (carrier === 'easypost') return easyPostAnswer(answer)
  const read = XML[carrier]
  if (!read) return { outcome: 'unreadable', why: `${carrier} is not a carrier whose answers are known` }
  const document = readXmlItem(answer.replace(/^\uFEFF/, '').trim())
  if ('problem' in document) return { outcome: 'unreadable', why: document.problem }
  const { parcels, refused } = read(document.attributes)
  const told = parcels.filter(({ events }) => events.length > 0)
  if (told.length > 0) return { outcome: 'read', parcels: told }
  return refused ? { outcome: 'refused', why: refused } : { outcome: 'unreadable', why: 'no event in it' }
}

function easyPostAnswer(answer: string): CarrierAnswer {
  const tracker = EasyPost.safeParse(tryReadJson(answer))
  if (!tracker.success) return { outcome: 'unreadable', why: 'not a tracker' }
  const { tracking_code: number = null, tracking_details: details } = tracker.data
  const events = details.flatMap(({ datetime, status, status_detail: detail, message, tracking_location: place }) => {
    const at = isoTime(datetime)
    const code = detail && detail !== 'status_update' ? detail : status
    return at ? [{ at, code, description: message ?? '', ...(place?.city ? { location: place.city } : {}) }] : []
  })
  return events.length > 0
    ? { outcome: 'read', parcels: [{ number, events }] }
    : { outcome: 'unreadable', why: 'no event in it' }
}
