import type { ActionKind } from '../exceptions/action.ts'

/** An action that happened, with its receipt. `confirmed`: the target system shows it, and not only took it. */
export type DoneAction = { kind: ActionKind; receipt: string | null; confirmed: boolean }

/** Something a text says was done, in its own words, and the actions any of which would make it true. */
export type Claim = { said: string; kinds: ActionKind[] }

type Claiming = { kinds: ActionKind[]; confirmed: boolean; said: RegExp }

const MONEY_BACK: ActionKind[] = ['refund', 'reissue_refund']
/** How a thing is said to be done, English and German. What is only announced, asked or denied is told apart by `OPEN`. */
const CLAIMS: Claiming[] = [
  // A refund is done when the payment provider says so; before, it is on its way.
  {
    kinds: MONEY_BACK,
    confirmed: true,
    said: /\b(refunded|reimbursed|paid (?:you|it|this) back|(?:zurück)?erstattet|zurückgezahlt|zurücküberwiesen)\b/iu,
  },
  {
    kinds: MONEY_BACK,
    confirmed: false,
    said: /\b(?:refund|rückerstattung|erstattung|rückzahlung)\b[^,]*\b(issued|processed|sent|made|completed|initiated|started|on its way|veranlasst|angestoßen|ausgeführt|unterwegs)\b/iu,
  },
  {
    kinds: MONEY_BACK,
    confirmed: false,
    said: /\b(?:issued|processed|sent|made|initiated|started) (?:you )?(?:a|the|your) (?:full |partial )?refund\b/iu,
  },
  {
    kinds: ['credit'],
    confirmed: false,
    said: /\b(credited|gutgeschrieben)\b|\b(?:credit|voucher|gutschrift)\b[^,]*\b(added|issued|applied|eingelöst|ausgestellt)\b/iu,
  },
  {
    kinds: ['reship'],
    confirmed: false,
    said: /\b(reshipped|re-sent|resent)\b|\b(?:replacement|new parcel|ersatz\w*)\b[^,]*\b(sent|shipped|dispatched|on its way|verschickt|versandt|versendet|unterwegs)\b|\b(?:sent|shipped|dispatched) (?:you )?(?:a|the|your) (?:replacement|new parcel)\b/iu,
  },
  { kinds: ['cancel_order', 'cancel_line'], confirmed: false, said: /\b(cancell?ed|storniert)\b/iu },
  {
    kinds: ['update_shipping_address'],
    confirmed: false,
    said: /\b(?:address|adresse|anschrift)\b[^,]*\b(updated|changed|corrected|geändert|korrigiert|aktualisiert)\b|\b(?:updated|changed|corrected) (?:the|your) (?:\w+ )?address\b/iu,
  },
  {
    kinds: ['open_return'],
    confirmed: false,
    said: /\b(?:return|rückgabe|rücksendung)\b[^,]*\b(registered|accepted|approved|angemeldet|angenommen|genehmigt)\b/iu,
  },
  { kinds: ['release_hold'], confirmed: false, said: /\b(?:order|bestellung)\b[^,]*\b(released|freigegeben)\b/iu },
  { kinds: ['hold_order'], confirmed: false, said: /\b(?:order|bestellung)\b[^,]*\b(on hold|paused|angehalten)\b/iu },
  {
    kinds: ['open_carrier_trace'],
    confirmed: false,
    said: /\b(?:opened|started) (?:a|the) (?:carrier )?(?:trace|search|investigation)\b|\bnachforschung\w*\b[^,]*\b(gestartet|gestellt|eingeleitet)\b/iu,
  },
  {
    kinds: ['file_carrier_claim'],
    confirmed: false,
    said: /\bfiled (?:a|the) claim\b|\bschadensmeldung\b[^,]*\b(eingereicht|gestellt)\b/iu,
  },
]
/** Before the claim in its clause: it is a promise, a condition, a question or a denial. */
const OPEN =
  /\b(will|shall|would|could|can|may|might|should|going to|want|wish|like|if|once|when|unless|until|before|whether|not|never|cannot|yet|please|to be|werden|wird|möchten|können|sobald|falls|wenn|ob|nicht|nie|noch)\b|n['’]t\b/iu

/**
 * What a text to a customer says was done without a receipt that shows it. Empty: nothing is claimed that did not happen. Reads
 * English and German; rather takes a sentence for a claim than lets one through. Never throws.
 */
export function claimsWithoutReceipt(text: string, done: DoneAction[]): Claim[] {
  const received = done.filter(({ receipt }) => receipt !== null)
  return clauses(text).flatMap((clause) =>
    CLAIMS.flatMap(({ kinds, confirmed, said }) => {
      const match = said.exec(clause)
      if (!match || OPEN.test(clause.slice(0, match.index)) || isOpenWithin(match[0])) return []
      const shown = received.some((action) => kinds.includes(action.kind) && (action.confirmed || !confirmed))
      return shown ? [] : [{ said: clause.trim(), kinds }]
    }),
  )
}

/** "The refund will be issued": the claim's own words hold what makes it open. */
function isOpenWithin(match: string): boolean {
  return OPEN.test(match)
}

function clauses(text: string): string[] {
  return text.normalize('NFC').split(/[.;!?\n]+|,|\s(?:and|but|und|aber)\s/u)
}
