import { stateInWords } from './event-wording.ts'
import { type ParcelState, statesOf } from './parcel-state.ts'
import { CANADA_POST } from './vocabularies/canada-post.ts'
import { DHL } from './vocabularies/dhl.ts'
import { FEDEX } from './vocabularies/fedex.ts'
import { AMAZON, EASYPOST, PLAIN, SHIPPO } from './vocabularies/status-names.ts'
import { UPS } from './vocabularies/ups.ts'
import { USPS } from './vocabularies/usps.ts'

const PLAIN_STATES = statesOf(PLAIN)
const CARRIERS = new Map(
  Object.entries({
    usps: USPS,
    ups: UPS,
    dhl: DHL,
    fedex: FEDEX,
    canadapost: CANADA_POST,
    easypost: EASYPOST,
    shippo: SHIPPO,
    amazon: AMAZON,
  }).map(([carrier, vocabulary]) => [carrier, statesOf(vocabulary)]),
)

/**
 * What a carrier's event means. The carrier's own code counts first, then the plain codes many use, then the words of the
 * description, then the type in front of a code (`X/…` of UPS). Null: nobody can tell, so nothing may rest on it.
 */
export function normaliseCarrierEvent({
  carrier,
  code,
  description,
}: {
  carrier: string
  code: string
  description: string | null
}): ParcelState | null {
  const own = CARRIERS.get(carrier.toLowerCase().replace(/[^a-z]/g, ''))
  const written = code.trim().toUpperCase()
  return (
    own?.get(written) ??
    PLAIN_STATES.get(written) ??
    (description ? stateInWords(description) : null) ??
    own?.get(`TYPE:${written.split('/')[0]}`) ??
    null
  )
}
