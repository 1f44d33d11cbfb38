import type { CustomerQuestion } from '#agents/customer-question/customer-question.port.ts'
import { Fault } from '#domain/fault.ts'
import { masked } from '#domain/masking.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { PreviewPassage, Previews } from './preview.port.ts'

/** Shoppers get a person by then. */
const WITHIN_MS = 20_000

/** Previews by the very assistant that shoppers ask, so that both come to the same. */
export function previews(agent: CustomerQuestion, clock: Clock, ids: Ids): Previews {
  return {
    async ask(shop, question, audience, signal) {
      const from = clock.elapsed()
      const within = clock.deadline(WITHIN_MS, signal)
      const nobody = { customer: null, unlockedOrders: [], history: [], memory: {} }
      const asked = { shop, message: ids.make('msg'), text: masked(question), audience, ...nobody, at: clock.now() }
      const answer = await agent
        .answer(asked, () => {}, within)
        .catch((error) => {
          signal.throwIfAborted()
          throw within.aborted ? slow() : error
        })
      const { outcome, route, text, language, citations, products, options, related } = answer
      const { confidence, gate, cache, handoffReason, trace } = answer
      return {
        ...{ outcome, route, text, language, citations, products, options, related },
        ...{ confidence, gate, cache, handoffReason },
        // The agent's own trace, as it is stored with an answer: see AgentAnswer.
        passages: (trace.passages ?? []) as PreviewPassage[],
        latencyMs: Math.round(clock.elapsed() - from),
      }
    },
  }
}

function slow(): Fault {
  return new Fault({
    kind: 'retryable',
    code: 'support.preview.slow',
    message: 'The assistant took over 20 seconds; a shopper would have been handed over by now.',
  })
}
