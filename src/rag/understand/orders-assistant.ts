import { ORDERS_TO_FORGET } from './lexicon/intents.ts'

const SPEAKER = /^\W*(?:system|assistant|developer)\s*:/i
const SAY_TO_THEM =
  /(?:^|[.!?:;]\s*|\band )(?:say that|say this|tell (?:the |every |all )?(?:customers?|users?|shoppers?) (?:that|to|they))\b/i

/** Whether a text of a page gives the assistant orders instead of saying something of the shop: never quoted, never told as a field. */
export function ordersAssistant(text: string): boolean {
  const lower = text.toLowerCase()
  return SPEAKER.test(lower) || SAY_TO_THEM.test(lower) || ORDERS_TO_FORGET.some((pattern) => pattern.test(lower))
}
