import type { OrderCase } from '#domain/answer.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { OrderTool } from '#tools/look-up.port.ts'
import { BUILTIN } from '../answer-of.ts'
import { orderCard } from '../order-card.ts'
import type { CaseNews } from './case-news.port.ts'
import { caseState, caseText } from './case-text.ts'

/** What is worth breaking in for. */
const TOLD: ReadonlySet<OrderCase['state']> = new Set(['done', 'declined', 'closed'])

/** News of cases over the shopper's own orders: the order is asked for as theirs each time. */
export function caseNews(orders: OrderTool, clock: Clock): CaseNews {
  return {
    async news(caller, one, given, signal) {
      const state = caseState(one)
      // Still to come is the end of it, which would then be the same news; the letter is what a request for one was about.
      if (one.status === 'waiting' && one.type !== 'customer_request') return null
      // A report is looked into by people anyway; a request was expected to go through.
      if (!TOLD.has(state) && !(state === 'with_person' && one.type === 'customer_request')) return null
      const found = await orders.orders(caller, one.order, signal)
      const order = found.outcome === 'found' ? found.orders[0] : undefined
      if (!order) return null
      const language = given === 'de' ? 'de' : 'en'
      const at = clock.now().toISOString()
      return {
        state,
        ...{ outcome: 'answered', route: 'order', text: caseText(one, at, language), language },
        orders: [orderCard(order, at, language, { cases: [one], at })],
        receipts: [{ tool: NEWS, subject: one.id, at }],
        ...{ citations: [], products: [], options: [], related: [], needs: null, stopped: false },
        ...{
          confidence: 1,
          gate: { threshold: 0, passed: true, reason: 'no_claim_made' },
          cache: 'bypass',
          model: BUILTIN,
        },
      }
    },
  }
}

/** By this pages know that it answers no question. */
const NEWS = 'case_news'
