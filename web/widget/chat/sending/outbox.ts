import type { AskEvent } from '../../../api-client/ask.ts'
import type { Failure as CallFailure, Reply } from '../../../api-client/reply.ts'
import type { Answer, Message } from '../../../api-client/shapes.ts'
import type { Access } from '../access.ts'
import type { Board } from '../board.ts'
import type { ChatPorts } from '../browser.port.ts'
import type { Kept, Outgoing } from '../kept.ts'
import { withMessage, withNotice } from '../lines.ts'
import { isCode } from './failures.ts'

export type Outbox = {
  /** Sends what waits, one question after the other, in one tab alone. Resolves when nothing is left or something failed. */
  drain(): Promise<void>
  /** Ends the answer being made. What was shown stays. */
  stop(): Promise<void>
  /** Takes up what other tabs have added, and lets go of what they have brought home. */
  refresh(): void
  /** Forgets what is being sent; the conversation it belongs to is left. */
  abandon(): void
}
export type OutboxEvents = {
  failed(failure: CallFailure, question: string): void
  succeeded(): void
  answered(answer: Answer): void
}

/** How long another tab may be sending before this one does not wait for it any more: it may be asleep. In milliseconds. */
const TURN_MS = 8_000
const ABANDONED = 'abandoned'

/** Questions on their way to the server. Each is kept until its answer is here, and the server answers each id once. */
export function outbox(
  ports: ChatPorts,
  kept: Kept,
  board: Board,
  server: Access,
  events: OutboxEvents,
  lifetime: AbortSignal,
): Outbox {
  let draining: Promise<void> | null = null
  /** Something may have come since the last look. */
  let wanted = false
  let current: { id: string; end: AbortController } | null = null

  return {
    drain() {
      wanted = true
      draining ??= whileWanted()
      return draining
    },
    async stop() {
      if (!current) return
      const { id, end } = current
      board.setStream(id, { state: 'stopping', shown: board.facts.streams[id]?.text ?? '' })
      const reply = await server.inConversation((shopper, conversation) => shopper.cancel(conversation, id, lifetime))
      // The answer was complete before: it is shown whole.
      if (reply.outcome === 'ok' && reply.value.outcome === 'too_late') {
        if (board.facts.streams[id])
          board.setStream(id, { shown: null, state: current?.id === id ? 'running' : 'done' })
        return
      }
      if (current?.id === id) end.abort()
    },
    refresh,
    abandon: () => current?.end.abort(ABANDONED),
  }

  async function whileWanted(): Promise<void> {
    try {
      while (wanted && !lifetime.aborted) {
        wanted = false
        await inTurn()
      }
    } finally {
      // In the same breath as the last look, so that no wish falls in between.
      draining = null
    }
  }

  async function inTurn(): Promise<void> {
    const waited = new AbortController()
    const turn = AbortSignal.any([waited.signal, lifetime])
    const begun = new AbortController()
    ports.clock.sleep(TURN_MS, AbortSignal.any([begun.signal, lifetime])).then(
      () => waited.abort(),
      () => {},
    )
    const work = () => {
      begun.abort()
      return sendAll()
    }
    try {
      await ports.tabs.exclusively(`${ports.publicKey}:send`, work, turn)
    } catch (error) {
      if (lifetime.aborted) return
      if (!waited.signal.aborted) throw error
      // Two tabs sending the same question get the same answer; only the waiting is spared by turns.
      await sendAll()
    }
  }

  async function sendAll(): Promise<void> {
    while (!lifetime.aborted && ports.network.online()) {
      refresh()
      const [next] = board.facts.outgoing
      // In order: what failed, or may not be sent yet, holds back what comes after it.
      if (!next || board.facts.failed.size > 0 || board.facts.failure?.what === 'rate_limited') return
      const reply = await sendOne(next)
      if (lifetime.aborted) return
      if (reply.outcome !== 'ok') {
        events.failed(reply, next.id)
        return
      }
      kept.dropOutgoing(next.id)
      refresh()
      events.succeeded()
    }
  }

  function refresh(): void {
    const outgoing = kept.outgoing()
    const waits = (id: string) => id === current?.id || outgoing.some((question) => question.id === id)
    const streams = Object.entries(board.facts.streams).map(([id, stream]) =>
      waits(id) ? [id, stream] : [id, { ...stream, state: 'done' }],
    )
    board.set({ outgoing, streams: Object.fromEntries(streams) })
  }

  /** `ok` as well when there is nothing to wait for any more: it was stopped, or erased on the server. */
  async function sendOne(question: Outgoing): Promise<Reply<unknown>> {
    const end = new AbortController()
    current = { id: question.id, end }
    if (board.facts.streams[question.id]?.state !== 'stopping') board.setStream(question.id, { state: 'running' })
    const signal = AbortSignal.any([end.signal, lifetime])
    const reply = await server.inConversation<unknown>(async (shopper, conversation) => {
      const { id: clientMessageId, text } = question
      if (!board.facts.streams[clientMessageId]) board.setStream(clientMessageId, {})
      const lastEventId = board.facts.streams[question.id]?.lastEventId ?? ''
      for await (const event of shopper.ask(conversation, { text, clientMessageId, lastEventId }, signal)) {
        if (event.event === 'failed') return event.failure
        take(question, event)
      }
      return { outcome: 'ok', value: null }
    })
    current = null
    if (board.facts.reconnecting) board.set({ reconnecting: false })
    if (end.signal.reason === ABANDONED) return { outcome: 'ok', value: null }
    const stopped = end.signal.aborted && !lifetime.aborted
    if (stopped) board.set({ lines: withMessage(board.facts.lines, asked(question, 'stopped')) })
    if (reply.outcome !== 'ok') board.setStream(question.id, { state: stopped ? 'done' : 'held' })
    return stopped || isCode(reply, 410) ? { outcome: 'ok', value: null } : reply
  }

  function take(question: Outgoing, event: AskEvent): void {
    const stream = board.facts.streams[question.id]
    if (!stream) return
    if (event.event === 'cut') {
      board.set({ reconnecting: true })
      return
    }
    if (board.facts.reconnecting) board.set({ reconnecting: false })
    if (event.event === 'answer') takeAnswer(question, event.answer)
    if (event.event === 'progress')
      board.setStream(question.id, { lastEventId: event.id, stages: [...new Set([...stream.stages, event.stage])] })
    if (event.event === 'delta') board.setStream(question.id, { lastEventId: event.id, text: stream.text + event.text })
  }

  function takeAnswer(question: Outgoing, answer: Answer): void {
    const { links, streams } = board.facts
    const silent = answer.text === '' && answer.route === 'person' && !answer.stopped
    let lines = withMessage(board.facts.lines, asked(question, silent ? 'silent' : 'answered'))
    const shown = streams[question.id]?.text ?? ''
    const text = answer.text.startsWith(shown) ? answer.text : shown
    if (!silent) lines = withMessage(lines, message(answer, text))
    if (answer.handoff && !silent) lines = withNotice(lines, answer.handoff, ports.clock.now(), answer.id)
    kept.dropOutgoing(question.id)
    board.set({
      lines,
      outgoing: kept.outgoing(),
      links: silent ? links : { ...links, [answer.id]: question.id },
      handoff: answer.handoff ?? board.facts.handoff,
    })
    events.answered(answer)
    board.setStream(question.id, { state: 'done' })
  }

  function asked({ id, text, at }: Outgoing, state: Message['state']): Message {
    const before = board.facts.lines.find((line) => line.kind === 'message' && line.message.clientMessageId === id)
    if (before?.kind === 'message') return { ...before.message, state }
    return {
      id: `own:${id}`,
      role: 'shopper',
      state,
      text,
      clientMessageId: id,
      at,
      answer: null,
      feedback: null,
      author: null,
    }
  }

  function message(answer: Answer, text: string): Message {
    const before = board.facts.lines.find((line) => line.kind === 'message' && line.message.id === answer.id)
    if (before?.kind === 'message') return before.message
    const at = ports.clock.now().toISOString()
    return {
      id: answer.id,
      role: 'assistant',
      state: 'sent',
      text,
      clientMessageId: null,
      at,
      answer,
      feedback: null,
      author: null,
    }
  }
}
