import type { DeskClient, Failure, Result } from '../../api-client/desk-client.ts'
import type { Handoff, HandoffDetail } from '../../api-client/desk-shapes.ts'
import type { Message } from '../../api-client/shapes.ts'
import { texts } from '../texts/english.ts'
import type { Opened } from './desk.port.ts'
import type { Keepsakes } from './keepsakes.ts'
import { replying } from './replying.ts'
import type { Store } from './store.ts'

export type OpenedPorts = {
  store: Store
  client: DeskClient
  keepsakes: Keepsakes
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** What is now known of a hand-over, for the queue. */
  changed(handoff: Handoff): void
  gone(id: string): void
  /** For who cannot see the screen. */
  say(text: string): void
  /** Failures that concern the whole desk, as being signed out. */
  failed(failure: Failure): void
}

/** The one hand-over that is open: its transcript, what is done with it, and the reply on its way. */
export function openedState(ports: OpenedPorts, signal: AbortSignal) {
  const { store, client, keepsakes, changed, gone, say, failed } = ports
  let open = new AbortController()

  const isOpen = (id: string) => store.state.opened?.id === id
  const set = (id: string, change: Partial<Opened>) => {
    if (store.state.opened?.id === id) store.set({ opened: { ...store.state.opened, ...change } })
  }
  const reply = replying({ ...ports, set, merge, claim: (id, signal) => client.claim(id, false, signal) }, signal)

  async function load(id: string, signal: AbortSignal): Promise<void> {
    const result = await client.handoff(id, signal)
    if (result.outcome === 'ok') {
      read(id, result.value)
      changed(result.value)
      return
    }
    failed(result.failure)
    if (result.failure.what === 'missing') {
      gone(id)
      set(id, { phase: 'missing', failure: result.failure, handoff: null })
    } else if (store.state.opened?.phase !== 'there') set(id, { phase: 'failed', failure: result.failure })
  }

  /** All of it as the server had it. Only a reply sent since then is kept beside it, and nothing once it was erased. */
  function read(id: string, handoff: HandoffDetail): void {
    const last = handoff.messages.at(-1)?.at ?? ''
    const erased = handoff.packet.reason === undefined
    const since = (store.state.opened?.handoff?.messages ?? []).filter(({ role, at }) => role === 'person' && at > last)
    reply.arrived(id, handoff.messages)
    set(id, {
      phase: 'there',
      failure: null,
      handoff: { ...handoff, messages: erased ? handoff.messages : [...handoff.messages, ...since] },
    })
  }

  /** Newer facts of a hand-over, or something said in it. */
  function merge(id: string, handoff: Handoff | null, messages: Message[]): void {
    const before = store.state.opened
    if (before?.id !== id) return
    const base = handoff ?? before.handoff
    if (!base) return
    const newer = new Map(messages.map((message) => [message.id, message]))
    const old = (before.handoff?.messages ?? []).map((message) => newer.get(message.id) ?? message)
    const there = new Set(old.map((message) => message.id))
    reply.arrived(id, messages)
    const merged = [...old, ...messages.filter((message) => !there.has(message.id))]
    set(id, { handoff: { ...before.handoff, ...base, messages: merged } as HandoffDetail })
  }

  async function act(
    id: string,
    doing: NonNullable<Opened['doing']>,
    call: (signal: AbortSignal) => Promise<Result<Handoff>>,
  ): Promise<void> {
    set(id, { doing, problem: null })
    const result = await call(open.signal)
    set(id, { doing: null })
    if (result.outcome === 'ok') {
      merge(id, result.value, [])
      changed(result.value)
      if (doing === 'claim') say(texts.said.claimed)
    } else {
      failed(result.failure)
      set(id, { problem: result.failure })
      // Somebody was faster: show how it stands now beside why it was refused.
      if (result.failure.what === 'conflict') await load(id, open.signal)
    }
  }

  return {
    /** Opens another one, or none. */
    turn(id: string | null, known: Handoff | null): void {
      if (store.state.opened?.id === id) return
      open.abort()
      open = new AbortController()
      if (id === null) {
        store.set({ opened: null })
        return
      }
      store.set({
        opened: {
          id,
          phase: 'loading',
          failure: null,
          handoff: known && { ...known, messages: [], history: [] },
          outgoing: reply.of(id),
          draft: keepsakes.draft(id),
          doing: null,
          problem: null,
        },
      })
      run(load(id, AbortSignal.any([signal, open.signal])))
    },
    reload(): void {
      const id = store.state.opened?.id
      if (id) run(load(id, open.signal))
    },
    isOpen,
    claim(takeOver: boolean): void {
      const id = store.state.opened?.id
      if (id) run(act(id, 'claim', (signal) => client.claim(id, takeOver, signal)))
    },
    giveBack(note: string | null): void {
      const id = store.state.opened?.id
      if (id) run(act(id, 'return', (signal) => client.giveBack(id, note, signal)))
    },
    resolve(note: string | null): void {
      const id = store.state.opened?.id
      if (id) run(act(id, 'resolve', (signal) => client.resolve(id, note, signal)))
    },
    setDraft(text: string): void {
      const id = store.state.opened?.id
      if (!id) return
      keepsakes.keepDraft(id, text)
      set(id, { draft: text })
    },
    reply(text: string): void {
      const opened = store.state.opened
      if (opened?.handoff && !opened.outgoing) run(reply.begin(opened.id, text, opened.handoff.status === 'waiting'))
    },
    retryReply: reply.wake,
    resumeReplies: () => run(reply.resume()),
    editReply(): void {
      const opened = store.state.opened
      const text = opened && reply.takeBack(opened.id)
      if (!opened || !text) return
      const draft = opened.draft ? `${text}\n\n${opened.draft}` : text
      keepsakes.keepDraft(opened.id, draft)
      set(opened.id, { draft })
    },
  }
}

/** Nobody waits for it: what comes of it is in the state, and being stopped is no failure. */
export function run(work: Promise<void>): void {
  work.catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'AbortError')) reportError(error)
  })
}
