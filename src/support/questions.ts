import type { ProgressStage } from '#agents/customer-question/customer-question.port.ts'
import type { LeftWork } from '#db/background/left-work.port.ts'
import type { QuestionState } from '#db/support/questions.port.ts'
import type { Answer } from '#domain/answer.ts'
import { Fault } from '#domain/fault.ts'
import type { ConversationId, MessageId, ShopId } from '#domain/ids.ts'
import { masked } from '#domain/masking.ts'
import { answerEvents, progressEvents, readUpTo } from './answering/answer-events.ts'
import { type AnsweringPorts, answering, type Run } from './answering/answering.ts'
import { aborted } from './background.ts'
import type { AnswerEvent, Questions } from './questions.port.ts'

/** How often a question that another process answers is looked at when no knock comes. */
const LOOK_AGAIN_MS = 1_000
const FIRST_STAGE: ProgressStage = 'understanding'
/** Left questions answered at once, so that shoppers who ask now are not kept waiting. */
const RESUMED_AT_ONCE = 4

/**
 * Questions over a store and the agent. `answerWithinMs` is how long one answer may take before a person gets the
 * question; `lifetime` ends what is being answered (`resume` takes those questions up again).
 */
export function questions(
  ports: AnsweringPorts & { left: Pick<LeftWork, 'waiting'> },
  answerWithinMs: number,
  lifetime: AbortSignal,
): Questions {
  const { store, left, bells, background, clock, ids } = ports
  const work = answering(ports, answerWithinMs, lifetime)

  return {
    async ask(owner, conversation, { text, clientMessageId, traceId }, signal) {
      const question = { id: ids.make('msg'), clientMessageId, text: masked(text), traceId, at: clock.now() }
      const accepted = await store.accept(owner, conversation, question, signal)
      if (accepted.outcome !== 'accepted') return accepted
      // Before anything is read: the answer is on its way even if nobody ever looks.
      const run = work.ensure(owner.shop, conversation)
      const read = (lastEventId: string | null, reading: AbortSignal) =>
        events(owner.shop, conversation, accepted.message, run, lastEventId, reading)
      return {
        outcome: 'accepted',
        events: read,
        async answer(reading) {
          for await (const { event, data } of read(null, reading)) if (event === 'answer') return data
          throw new Fault({
            kind: 'fatal',
            code: 'support.answer.missing',
            message: 'The answer ended without an answer.',
          })
        },
      }
    },
    async stop(owner, conversation, clientMessageId, signal) {
      const answer = { ...nothingSaid('declined', 'stopped'), id: ids.make('msg'), stopped: true }
      const stop = { answer, at: clock.now() }
      const result = await store.stop(owner, conversation, clientMessageId, stop, signal)
      if (result.outcome === 'unknown_message') return null
      if (result.outcome === 'stopped') work.stop(conversation, result.message)
      return result.outcome
    },
    async resume(shop, signal) {
      const waiting = await left.waiting(shop, clock.now(), signal)
      if (waiting.length === 0) return 0
      const conversations = waiting.values()
      const given = aborted(signal)
      given.catch(() => {})
      const takeUp = async () => {
        for (const conversation of conversations) {
          signal.throwIfAborted()
          const run = work.ensure(shop, conversation)
          await Promise.race([run.finished, given])
          // The database is away for all of them; any other fault is this conversation's own, and logged.
          if (run.fault?.kind === 'retryable') throw run.fault
        }
      }
      await Promise.all(Array.from({ length: RESUMED_AT_ONCE }, takeUp))
      return waiting.length
    },
    idle: (signal) => background.idle(signal),
  }

  async function* events(
    shop: ShopId,
    conversation: ConversationId,
    message: MessageId,
    started: Run,
    lastEventId: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent> {
    let run = started
    const read = readUpTo(message, lastEventId)
    const bell = bells.listen(conversation)
    try {
      // Said before anything is looked up, so that it is there at once.
      const first = progressEvents(message, [FIRST_STAGE], read.progress)
      yield* first
      read.progress += first.length
      while (true) {
        if (run.question === message) {
          const news = progressEvents(message, run.stages, read.progress)
          yield* news
          read.progress += news.length
          // Looked at again: the run may have gone on while the reader took its time.
          if (run.question === message && run.stages.length <= read.progress) await bell.rung(LOOK_AGAIN_MS, signal)
          continue
        }
        const { ended, fault } = run
        const here = run.answers.get(message)
        const state: QuestionState = here ? { state: 'answered', ...here } : await store.state(shop, message, signal)
        if (state.state !== 'pending') {
          yield* progressEvents(
            message,
            state.state === 'answered' ? (state.stages as ProgressStage[]) : [],
            read.progress,
          )
          yield* answerEvents(message, answerOf(state, message), read)
          return
        }
        if (fault) throw fault
        if (ended) run = work.ensure(shop, conversation)
        else await bell.rung(LOOK_AGAIN_MS, signal)
      }
    } finally {
      bell.stop()
    }
  }
}

function answerOf(state: Exclude<QuestionState, { state: 'pending' }>, message: MessageId): Answer {
  if (state.state === 'answered') return state.answer
  if (state.state === 'erased')
    throw new Fault({ kind: 'user', code: 'support.message.erased', message: 'This message was erased.', status: 410 })
  const { conversation, handoff, traceId } = state
  const silence = nothingSaid('handed_off', 'person_has_the_conversation')
  return { ...silence, id: message, conversationId: conversation, route: 'person', handoff, latencyMs: 0, traceId }
}

/** What stands where an answer would. Text is sent once the answer is stored, so whoever stops it before has seen none. */
function nothingSaid(outcome: Answer['outcome'], reason: string) {
  return {
    outcome,
    route: 'knowledge' as Answer['route'],
    text: '',
    language: 'und',
    citations: [],
    products: [],
    orders: [],
    options: [],
    related: [],
    needs: null,
    stopped: false,
    confidence: 0,
    gate: { threshold: 1, passed: false, reason },
    cache: 'bypass' as const,
    receipts: [],
    model: { name: 'none', inputTokens: 0, outputTokens: 0, costMicros: 0 },
  }
}
