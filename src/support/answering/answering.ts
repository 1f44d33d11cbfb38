import type { AgentAnswer, CustomerQuestion, ProgressStage } from '#agents/customer-question/customer-question.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { HandoffStore } from '#db/desk/handoffs.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { PendingQuestion, QuestionStore } from '#db/support/questions.port.ts'
import type { Answer } from '#domain/answer.ts'
import { asFault, Fault } from '#domain/fault.ts'
import type { ConversationId, MessageId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { aborted, type Background } from '../background.ts'
import type { Bells } from '../bells.ts'
import { type DeskFacts, failedRun } from './hand-over.ts'
import { settlementOf } from './settlement.ts'
import { stops } from './stops.ts'

/** How long a process's hold on a conversation outlives it: long enough for a stalled event loop, short enough to wait out after a crash. */
const LEASE_MS = 10_000
const RENEW_MS = 3_000
const ASK_AGAIN_MS = 1_000
/** An answer that comes later than this finds nobody waiting; a person who gets in touch does. */
const TOO_LATE_MS = 15 * 60_000
/** A question that was begun so often and never ended may be what ends the process. */
const ATTEMPTS = 4

export type AnsweringPorts = {
  store: QuestionStore
  agent: CustomerQuestion
  shops: Shops
  handoffs: Pick<HandoffStore, 'material'>
  bells: Bells
  notifications: Pick<Notifications, 'listen'>
  background: Background
  clock: Clock
  ids: Ids
  log: Log
}

/** This process's work on one conversation. `fault` says why it ended before its questions were answered. */
export type Run = {
  ended: boolean
  fault: Fault | null
  question: MessageId | null
  stages: ProgressStage[]
  /** What it has stored, for those who wait here: they need not ask the database. */
  answers: Map<MessageId, { answer: Answer; stages: ProgressStage[] }>
  /** Resolves when it has ended; never rejects. */
  finished: Promise<void>
}

export type Answering = {
  /** Sees to it that the conversation's waiting questions get answered, here or where they already are. */
  ensure(shop: ShopId, conversation: ConversationId): Run
  /** The question needs no answer any more: what works on it here ends at once. */
  stop(conversation: ConversationId, question: MessageId): void
}

/**
 * Answers waiting questions, one at a time per conversation and in order. Bound to `lifetime`, not to any request: who
 * asked may go away. A run gets `answerWithinMs`; one that throws or takes longer becomes a hand-over.
 */
export function answering(ports: AnsweringPorts, answerWithinMs: number, lifetime: AbortSignal): Answering {
  const runs = new Map<ConversationId, Run & { again: boolean }>()
  const holder = ports.ids.make('req')
  const watching = stops(ports.notifications, lifetime)

  return {
    ensure(shop, conversation) {
      const current = runs.get(conversation)
      if (current) {
        current.again = true
        return current
      }
      const { promise: finished, resolve: end } = Promise.withResolvers<void>()
      const run = { ended: false, fault: null, question: null, stages: [], answers: new Map(), again: false, finished }
      runs.set(conversation, run)
      ports.background.run(work(shop, conversation, run).finally(end))
      return run
    },
    stop(conversation, question) {
      watching.stop(question)
      ports.bells.ring(conversation)
    },
  }

  async function work(shop: ShopId, conversation: ConversationId, run: Run & { again: boolean }): Promise<void> {
    const bell = ports.bells.listen(conversation)
    try {
      while (true) {
        run.again = false
        const at = ports.clock.now()
        const claim = await ports.store.claimNext(
          shop,
          conversation,
          { holder, at, until: later(at, LEASE_MS) },
          lifetime,
        )
        if (claim.outcome === 'claimed') await answerOne(shop, conversation, claim.question, run)
        else if (claim.outcome === 'busy')
          await bell.rung(Math.min(ASK_AGAIN_MS, Math.max(1, claim.until.getTime() - at.getTime())), lifetime)
        else if (!run.again) break
      }
      // Nothing may be awaited between the last look and this: a question accepted now starts a run of its own.
      runs.delete(conversation)
      run.ended = true
      ports.bells.ring(conversation)
    } catch (error) {
      runs.delete(conversation)
      run.fault = lifetime.aborted ? stopping(error) : asFault(error)
      run.ended = true
      ports.bells.ring(conversation)
      if (!lifetime.aborted)
        ports.log[run.fault.kind === 'retryable' ? 'warn' : 'error'](
          { conversation, code: run.fault.code, problem: String(run.fault.cause ?? run.fault) },
          'answering stopped early',
        )
      await ports.store.release(shop, conversation, holder, new AbortController().signal).catch(() => {})
    } finally {
      bell.stop()
    }
  }

  async function answerOne(
    shop: ShopId,
    conversation: ConversationId,
    question: PendingQuestion,
    run: Run,
  ): Promise<void> {
    if (question.personHasIt) {
      await ports.store.leaveToPerson(shop, conversation, question.message, ports.clock.now(), lifetime)
      ports.bells.ring(conversation)
      return
    }
    run.stages = ['understanding']
    run.question = question.message
    const started = ports.clock.elapsed()
    const finished = new AbortController()
    const watch = watching.watch(question.message)
    ports.background.run(keepHold(shop, conversation, question.message, finished.signal))
    try {
      const answer = givenUp(question) ?? (await runAgent(shop, question, conversation, run, watch.stopped))
      if (!answer) return
      const desk = answer.outcome === 'handed_off' ? await deskOf(shop, conversation) : null
      const took = ports.clock.elapsed() - started
      const settlement = settlementOf(ports, { question, answer, stages: run.stages, desk, took })
      const settled = await ports.store.settle(shop, conversation, settlement, lifetime)
      if (settled.outcome === 'stored')
        run.answers.set(question.message, {
          answer: { ...settlement.answer, conversationId: conversation, handoff: settled.handoff },
          stages: run.stages,
        })
      else ports.log.info({ conversation, message: question.message }, 'answer not needed any more')
    } finally {
      finished.abort()
      watch.end()
      run.question = null
      ports.bells.ring(conversation)
    }
  }

  /** What a question becomes that waited too long or was begun too often: a person has it, and the log says so. */
  function givenUp(question: PendingQuestion): AgentAnswer | null {
    const late = ports.clock.now().getTime() - question.at.getTime() > TOO_LATE_MS
    if (!late && question.attempts <= ATTEMPTS) return null
    const code = late ? 'support.answer.too_late' : 'support.answer.given_up'
    ports.log.warn({ message: question.message, code, attempts: question.attempts }, 'question became a hand-over')
    return failedRun(question, code)
  }

  /** Renews the hold until the answer is stored, so that nobody else starts on it meanwhile; and asks whether it is still wanted. */
  async function keepHold(
    shop: ShopId,
    conversation: ConversationId,
    question: MessageId,
    finished: AbortSignal,
  ): Promise<void> {
    const signal = AbortSignal.any([finished, lifetime])
    while (!signal.aborted) {
      await ports.clock.sleep(RENEW_MS, signal).catch(() => {})
      if (signal.aborted) return
      try {
        await ports.store.renew(shop, conversation, { holder, until: later(ports.clock.now(), LEASE_MS) }, signal)
        if ((await ports.store.state(shop, question, signal)).state !== 'pending') watching.stop(question)
      } catch (error) {
        ports.log.warn({ conversation, problem: String(error) }, 'hold not renewed')
      }
    }
  }

  /** Null when the question was stopped: what came of it is stored already. */
  async function runAgent(
    shop: ShopId,
    question: PendingQuestion,
    conversation: ConversationId,
    run: Run,
    stopped: AbortSignal,
  ): Promise<AgentAnswer | null> {
    const within = AbortSignal.any([ports.clock.deadline(answerWithinMs, lifetime), stopped])
    const onProgress = (stage: ProgressStage) => {
      // A run that was given up may still talk; a stage is said once.
      if (within.aborted || run.question !== question.message || run.stages.includes(stage)) return
      run.stages.push(stage)
      ports.bells.ring(conversation)
    }
    const { text, audience, unlockedOrders, history, memory, at } = question
    const customer = question.customer?.id ?? null
    const message = question.message
    const input = { shop, message, text, audience, customer, unlockedOrders, history, memory, at }
    try {
      return await Promise.race([ports.agent.answer(input, onProgress, within), aborted(within)])
    } catch (error) {
      if (lifetime.aborted) throw error
      if (stopped.aborted) return null
      const problem = within.aborted ? 'support.answer.timeout' : asFault(error).code
      ports.log.error(
        { conversation, message: question.message, code: problem, problem: String(asFault(error).cause ?? error) },
        'run became a hand-over',
      )
      onProgress('handing_over')
      return failedRun(question, problem)
    }
  }

  async function deskOf(shop: ShopId, conversation: ConversationId): Promise<DeskFacts> {
    const found = await ports.shops.get(shop, lifetime)
    return {
      hours: found?.support ?? { timeZone: 'UTC', days: {}, replyWithinMinutes: 24 * 60, queue: 'support' },
      material: await ports.handoffs.material(shop, conversation, lifetime),
    }
  }
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}

function stopping(cause: unknown): Fault {
  return new Fault({
    kind: 'retryable',
    code: 'support.answer.interrupted',
    message: 'The server is restarting. Your question is kept; ask again for its answer.',
    retryAfter: 2,
    cause,
  })
}
