import type { HandoffNotice, ProgressStage, WidgetConfig } from '../../api-client/shapes.ts'
import type { ChatState, Entry, Failure, OrderProof } from '../chat.port.ts'
import type { Outgoing } from './kept.ts'
import { type Line, questionsOf } from './lines.ts'

/** An answer of ours in the making. `held`: not being made at the moment, since something failed. `shown` is set once the shopper wants no more of it: it stays at that. */
export type Stream = {
  at: Date
  stages: ProgressStage[]
  text: string
  shown: string | null
  lastEventId: string
  state: 'running' | 'stopping' | 'held' | 'done'
}

/** Everything the conversation knows; `ChatState` is made of it. */
export type Facts = {
  phase: ChatState['phase']
  config: WidgetConfig | null
  lines: Line[]
  /** Answer's message id → clientMessageId of its question. */
  links: Record<string, string>
  outgoing: Outgoing[]
  /** By clientMessageId. */
  streams: Record<string, Stream>
  failed: ReadonlySet<string>
  failure: Failure | null
  online: boolean
  reconnecting: boolean
  handoff: HandoffNotice | null
  proof: OrderProof
  customer: { name: string | null } | null
  draft: string
  unread: number
  begunAnew: ChatState['begunAnew']
}

export type Board = {
  readonly facts: Facts
  readonly state: ChatState
  set(change: Partial<Facts>): void
  setStream(id: string, change: Partial<Stream>): void
  subscribe(listener: () => void): () => void
}

/** Facts and what is shown of them, replaced together; every listener is told after each change. */
export function board(online: boolean, now: () => Date): Board {
  let facts: Facts = { ...NOTHING, online }
  let state = chatState(facts)
  const listeners = new Set<() => void>()
  const set = (change: Partial<Facts>) => {
    facts = { ...facts, ...change }
    state = chatState(facts)
    for (const listener of [...listeners]) listener()
  }
  return {
    get facts() {
      return facts
    },
    get state() {
      return state
    },
    set,
    setStream(id, change) {
      const stream = facts.streams[id] ?? {
        at: now(),
        stages: [],
        text: '',
        shown: null,
        lastEventId: '',
        state: 'running',
      }
      set({ streams: { ...facts.streams, [id]: { ...stream, ...change } } })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A conversation in which nothing was said. */
export const EMPTY = {
  lines: [],
  links: {},
  outgoing: [],
  streams: {},
  failed: new Set<string>(),
  handoff: null,
  unread: 0,
}
const NOTHING: Omit<Facts, 'online'> = {
  ...EMPTY,
  phase: 'loading',
  config: null,
  failure: null,
  reconnecting: false,
  proof: { step: 'none' },
  customer: null,
  draft: '',
  begunAnew: null,
}

function chatState(facts: Facts): ChatState {
  const { phase, config, failure, online, reconnecting, handoff, proof, customer, draft, unread, begunAnew } = facts
  return {
    phase,
    config,
    entries: entriesOf(facts),
    connection: online ? (reconnecting ? 'reconnecting' : 'online') : 'offline',
    failure: failure ?? (online ? null : { what: 'offline' }),
    busy: Object.values(facts.streams).some(({ state }) => state === 'running'),
    handoff,
    proof,
    customer,
    draft,
    unread,
    begunAnew,
  }
}

function entriesOf(facts: Facts): Entry[] {
  const { lines, links, streams, outgoing } = facts
  const questions = questionsOf(lines, links)
  const answered = new Set(questions.values())
  const known = new Set(lines.map((line) => (line.kind === 'message' ? line.message.clientMessageId : null)))
  const making = (id: string) => (answered.has(id) ? [] : streamEntry(id, streams[id]))
  return [
    ...lines.flatMap((line): Entry[] => {
      if (line.kind === 'notice') return [{ kind: 'handoff', key: line.key, at: line.at, notice: line.notice }]
      const { id, role, text, clientMessageId, author } = line.message
      const at = new Date(line.message.at)
      const key = clientMessageId ?? id
      if (role === 'shopper') return [{ kind: 'shopper', key, text, at, state: 'sent' }, ...making(key)]
      if (role === 'person') return [{ kind: 'person', key: id, text, at, name: author ?? null }]
      return [answerEntry(line.message, questions.get(id), streams)]
    }),
    ...outgoing
      .filter(({ id }) => !known.has(id))
      .flatMap(({ id, text, at }): Entry[] => [
        { kind: 'shopper', key: id, text, at: new Date(at), state: outgoingState(id, facts) },
        ...making(id),
      ]),
  ]
}

function answerEntry(
  message: Extract<Line, { kind: 'message' }>['message'],
  question: string | undefined,
  streams: Facts['streams'],
): Entry {
  const { id, text, at, answer, feedback, state } = message
  const stream = streams[question ?? '']
  const shown = stream?.shown ?? null
  return {
    kind: 'assistant',
    key: answerKey(question ?? id),
    // What was on its way when the shopper stopped it is not shown any more.
    text: shown ?? text,
    at: new Date(at),
    state: shown !== null || answer?.stopped || state === 'stopped' ? 'stopped' : 'done',
    stages: stream?.stages ?? [],
    answer,
    feedback,
  }
}

/** The key of the answer to a question. */
export function answerKey(question: string): string {
  return `answer:${question}`
}

function streamEntry(id: string, stream: Stream | undefined): Entry[] {
  if (!stream || (stream.state === 'done' && stream.shown === null) || (stream.state === 'held' && stream.text === ''))
    return []
  const { at, stages, shown } = stream
  const text = shown ?? stream.text
  const state = shown !== null ? 'stopped' : text === '' ? 'working' : 'streaming'
  return [{ kind: 'assistant', key: answerKey(id), text, at, state, stages, answer: null, feedback: null }]
}

function outgoingState(id: string, { failed, streams, online }: Facts): 'queued' | 'sending' | 'sent' | 'failed' {
  if (failed.has(id)) return 'failed'
  const stream = streams[id]
  // The server has stored it before it says the first thing about it.
  if (stream && stream.lastEventId !== '') return 'sent'
  return stream?.state === 'running' && online ? 'sending' : 'queued'
}
