import type { Reply } from '../../api-client/reply.ts'
import type { HandoffNotice, Message, Transcript } from '../../api-client/shapes.ts'
import type { Access } from './access.ts'
import type { Board } from './board.ts'
import type { ChatPorts } from './browser.port.ts'
import type { Kept } from './kept.ts'
import { behindMessage, type Line, withMessage, withNotice } from './lines.ts'

/** How often the wait for a person is looked at, in milliseconds. */
const QUEUE_MS = 60_000
/** So long something is in sight before it counts as seen; what is said meanwhile is told with it. Between tries to tell it, more, and as much again by chance. */
const SIGHT_MS = 2_000
const AGAIN_MS = 6_000

export type Live = {
  /** Follows while `wanted`, which is while it can be seen; what happened meanwhile is there once it is wanted again. */
  follow(wanted: boolean): void
  /** Reads the whole conversation again. */
  load(): Promise<Reply<unknown>>
}

/** What others say and do in the conversation: a person of the shop, another tab, another device. */
export function live(ports: ChatPorts, kept: Kept, board: Board, server: Access, lifetime: AbortSignal): Live {
  let wanted = false
  let running: { conversation: string; end: AbortController } | null = null
  /** Where following goes on, and up to where events tell what the transcript has shown already. */
  let place = { conversation: '', last: '', history: 0 }
  /** Messages whose place among the others the server has told. */
  const placed = new Set<string>()
  /** The newest message of a person that the server knows to be seen. */
  let told = ''
  let telling = false

  return {
    follow(now) {
      wanted = now
      void tellSeen()
      const conversation = kept.conversation()?.id
      if (running && (!wanted || running.conversation !== conversation)) {
        running.end.abort()
        running = null
      }
      if (!wanted || !conversation || running) return
      const end = new AbortController()
      running = { conversation, end }
      const signal = AbortSignal.any([end.signal, lifetime])
      void followOne(conversation, signal).finally(() => {
        if (running?.end === end) running = null
      })
      void watchQueue(signal)
    },
    async load() {
      const conversation = kept.conversation()?.id
      if (!conversation) return { outcome: 'ok', value: null }
      const reply = await server.inConversation((shopper, id) =>
        id === conversation ? shopper.transcript(id, lifetime) : Promise.resolve({ outcome: 'ok', value: null }),
      )
      if (reply.outcome === 'ok' && reply.value) show(conversation, reply.value)
      return reply
    },
  }

  function show(conversation: string, { messages, handoff, lastEventId }: Transcript): void {
    let { lines } = board.facts
    for (const [at, message] of messages.entries()) lines = withPlaced(lines, message, messages[at - 1]?.id ?? '')
    // Only the events tell where among the messages a hand-over stood, so those are read from the start.
    place = { conversation, last: handoff ? '' : lastEventId, history: Number(lastEventId) }
    board.set({ lines, handoff: open(handoff) })
    settle(messages)
  }

  async function followOne(conversation: string, signal: AbortSignal): Promise<void> {
    if (place.conversation !== conversation) place = { conversation, last: '', history: 0 }
    // Events of the past tell the state of today: only the last of them gives a hand-over its place.
    const past = new Map<string, { notice: HandoffNotice; behind: string }>()
    let behind = ''
    await server.call(async (shopper) => {
      for await (const event of shopper.follow(conversation, place.last, signal)) {
        if (event.event === 'failed') return event.failure
        if (event.event === 'cut') board.set({ reconnecting: true })
        else if (board.facts.reconnecting) board.set({ reconnecting: false })
        if (event.event !== 'message' && event.event !== 'handoff') continue
        place.last = event.id
        const at = Number(event.id)
        if (event.event === 'message') {
          takeMessage(event.message, behind)
          behind = event.message.id
        } else if (at > place.history) takeNotice(event.notice)
        else past.set(event.notice.id, { notice: event.notice, behind })
        if (at < place.history) continue
        for (const { notice, behind } of past.values())
          board.set({ lines: withNotice(board.facts.lines, notice, ports.clock.now(), behind) })
        past.clear()
      }
      return { outcome: 'ok', value: null }
    })
  }

  /** How long the wait will be changes with the queue, of which no event tells. */
  async function watchQueue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await ports.clock.sleep(QUEUE_MS, signal).catch(() => {})
      if (signal.aborted || board.facts.handoff?.status !== 'waiting') continue
      const reply = await server.inConversation((shopper, id) => shopper.transcript(id, signal))
      const handoff = reply.outcome === 'ok' ? reply.value.handoff : null
      if (handoff?.status === 'waiting') takeNotice(handoff)
    }
  }

  function takeMessage(message: Message, before: string): void {
    board.set({ lines: withPlaced(board.facts.lines, message, before) })
    settle([message])
    void tellSeen()
  }

  /** Tells what a person wrote and is in sight: what was only sent to this page may never have been looked at. */
  async function tellSeen(): Promise<void> {
    if (telling) return
    telling = true
    let wait = SIGHT_MS
    while (unseen() && !lifetime.aborted) {
      await ports.clock.sleep(wait, lifetime).catch(() => {})
      const upTo = unseen()
      const conversation = kept.conversation()?.id
      if (!upTo || !conversation) break
      const reply = await server.call((shopper) => shopper.seen(conversation, upTo, lifetime))
      // A server that will not have it says so once; too many requests pass by themselves.
      const done = reply.outcome === 'ok' || (reply.outcome === 'problem' && reply.status < 429)
      if (done) told = upTo
      wait = done ? SIGHT_MS : AGAIN_MS * (1 + ports.chance())
    }
    telling = false
  }

  function unseen(): string | false {
    const line = board.facts.lines.findLast((line) => line.kind === 'message' && line.message.role === 'person')
    return wanted && line?.kind === 'message' && line.message.id !== told && line.message.id
  }

  /** A message is told of again when its state changes, which gives it no other place. */
  function withPlaced(lines: Line[], message: Message, before: string): Line[] {
    const next = withMessage(lines, message)
    if (placed.has(message.id)) return next
    placed.add(message.id)
    return behindMessage(next, message, before)
  }

  function takeNotice(notice: HandoffNotice): void {
    board.set({ lines: withNotice(board.facts.lines, notice, ports.clock.now()), handoff: open(notice) })
  }

  /** A question of ours that another tab has brought home is on its way no more. */
  function settle(messages: Message[]): void {
    const done = messages.filter(({ role, state }) => role === 'shopper' && state !== 'pending')
    for (const { clientMessageId: id } of done)
      if (id && !['running', 'stopping'].includes(board.facts.streams[id]?.state ?? '')) kept.dropOutgoing(id)
    board.set({ outgoing: kept.outgoing() })
  }
}

function open(notice: HandoffNotice | null): HandoffNotice | null {
  return notice?.status === 'resolved' ? null : notice
}
