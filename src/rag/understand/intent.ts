import { ORDERS_TO_THE_ASSISTANT, PERSON_CUES, SMALLTALK } from './lexicon/intents.ts'
import {
  ABOUT_IT,
  CHANGE_CUES,
  NAMED_ORDER_NUMBER,
  NUMBERED_CUES,
  ORDER_NUMBER,
  STATUS_CUES,
} from './lexicon/order-cues.ts'
import type { Intent } from './understanding.port.ts'

// A cue in a long text is more often a quotation than a wish; wishes are short.
const WISH_LENGTH = 600

const FOLLOW_UP_LENGTH = 90

/** Where a text goes; `order` is the one just spoken of, which `when will it arrive?` is about. People first: a wish for a person is never argued with. */
export function intentOf(text: string, order: string | null = null): Intent {
  const lower = text.toLowerCase().replace(/[’`´]/g, "'").replace(/\s+/g, ' ').trim()
  if (!/[\p{L}\p{N}]/u.test(lower)) return { route: 'unreadable' }
  if (ORDERS_TO_THE_ASSISTANT.some((pattern) => pattern.test(lower))) return { route: 'refuse' }
  if (lower.length <= WISH_LENGTH)
    for (const { reason, cue, patterns } of PERSON_CUES)
      if (patterns.some((pattern) => pattern.test(lower))) return { route: 'person', reason, cue }
  const small = SMALLTALK.find(({ pattern }) => pattern.test(lower))
  if (small) return { route: 'smalltalk', kind: small.kind }
  if (CHANGE_CUES.some((pattern) => pattern.test(lower))) return { route: 'order', asks: 'change' }
  if (STATUS_CUES.some((pattern) => pattern.test(lower))) return { route: 'order', asks: 'status' }
  if (order && lower.length <= FOLLOW_UP_LENGTH && ABOUT_IT.test(lower)) return { route: 'order', asks: 'status' }
  if (orderNumberIn(text) && NUMBERED_CUES.test(lower)) return { route: 'order', asks: 'status' }
  if (isOnlyAnOrderNumber(lower)) return { route: 'order', asks: 'status' }
  return { route: 'knowledge' }
}

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
