import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import { typeOfReport } from '#domain/exceptions/report-type.ts'
import { ORDERS_TO_THE_ASSISTANT, PERSON_CUES, SMALLTALK } from './lexicon/intents.ts'
import {
  ABOUT_IT,
  CHANGE_CUES,
  NAMED_ORDER_NUMBER,
  NUMBERED_CUES,
  ORDER_NUMBER,
  STATUS_CUES,
} from './lexicon/order-cues.ts'
import {
  ASKS_FOR_ADVICE,
  ASKS_FOR_RULES,
  NO,
  OF_THEIRS,
  REPORT_CUES,
  REPORT_STATE_CUES,
  YES,
} from './lexicon/report-cues.ts'
import type { Intent } from './understanding.port.ts'

// A cue in a long text is more often a quotation than a wish; wishes are short.
const WISH_LENGTH = 600

const FOLLOW_UP_LENGTH = 90
/** Nobody needs more for a yes. */
const REPLY_LENGTH = 60

/** Where a text goes; `order` is the one just spoken of, which `when will it arrive?` is about; `known`: an order is proven to be theirs. People first: a wish for a person is never argued with. */
export function intentOf(text: string, order: string | null = null, known = false): Intent {
  const lower = plain(text)
  if (!/[\p{L}\p{N}]/u.test(lower)) return { route: 'unreadable' }
  if (ORDERS_TO_THE_ASSISTANT.some((pattern) => pattern.test(lower))) return { route: 'refuse' }
  if (lower.length <= WISH_LENGTH)
    for (const { reason, cue, patterns } of PERSON_CUES)
      if (patterns.some((pattern) => pattern.test(lower))) return { route: 'person', reason, cue }
  const small = SMALLTALK.find(({ pattern }) => pattern.test(lower))
  if (small) return { route: 'smalltalk', kind: small.kind }
  if (CHANGE_CUES.some((pattern) => pattern.test(lower))) return { route: 'order', asks: 'change' }
  const report = reportIn(lower, known)
  if (report) return report
  if (STATUS_CUES.some((pattern) => pattern.test(lower))) return { route: 'order', asks: 'status' }
  if (order && lower.length <= FOLLOW_UP_LENGTH && ABOUT_IT.test(lower)) return { route: 'order', asks: 'status' }
  if (orderNumberIn(text) && NUMBERED_CUES.test(lower)) return { route: 'order', asks: 'status' }
  if (isOnlyAnOrderNumber(lower)) return { route: 'order', asks: 'status' }
  return { route: 'knowledge' }
}

/** What shoppers may report themselves; of everything else an order system knows before they do. */
const REPORTABLE: ReadonlySet<ExceptionType> = new Set<ExceptionType>([
  'delivered_not_received_claim',
  'damaged_in_transit',
  'partial_shipment_short',
  'refund_pending_too_long',
  'lost_in_transit',
])

function reportIn(lower: string, known: boolean): Intent | null {
  if (lower.length > WISH_LENGTH) return null
  if (REPORT_STATE_CUES.some((pattern) => pattern.test(lower))) return { route: 'order', asks: 'report_state' }
  if (ASKS_FOR_RULES.test(lower) || !REPORT_CUES.some((pattern) => pattern.test(lower))) return null
  // A stranger who tells it in general terms, or asks what to do, is better served by the page than by a demand for proof.
  if (!known && (ASKS_FOR_ADVICE.test(lower) || !OF_THEIRS.test(lower))) return null
  const type = typeOfReport(lower)
  return type && REPORTABLE.has(type) ? { route: 'order', asks: 'report', type } : null
}

/** Whether the whole text says yes, or no, and nothing else. */
export function replyIn(text: string): 'yes' | 'no' | null {
  const lower = plain(text)
  if (lower.length > REPLY_LENGTH) return null
  if (YES.test(lower)) return 'yes'
  return NO.test(lower) ? 'no' : null
}

const plain = (text: string) => text.toLowerCase().replace(/[’`´]/g, "'").replace(/\s+/g, ' ').trim()

/** The order number a text names, as typed but upper case; null without one. */
export function orderNumberIn(text: string): string | null {
  const found = NAMED_ORDER_NUMBER.exec(text)?.[1] ?? ORDER_NUMBER.exec(text)?.[1]
  return found ? found.toUpperCase() : null
}

// `NL-100234`, alone or with an e-mail address: the reply to our own question for it.
const isOnlyAnOrderNumber = (lower: string) =>
  /^(?:it's|it is|my (?:order )?number is|#|\s)*[a-z]{1,5}-?\d{4,12}[\s,;.]*(?:and |und )?(?:[^\s@]+@[^\s@]+)?[.!]?$/.test(
    lower,
  )
