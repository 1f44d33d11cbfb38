import type { Failure, Result } from '../../api-client/desk-client.ts'
import type { Handoff } from '../../api-client/desk-shapes.ts'
import type { Message } from '../../api-client/shapes.ts'
import { texts } from '../texts/english.ts'
import type { Opened, Outgoing } from './desk.port.ts'
import type { KeptReply } from './keepsakes.ts'
import type { OpenedPorts } from './opened.ts'

/** Pauses before a reply without an answer is tried again; the last one repeats. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 20_000]
/** After these it may go well by itself; anything else is refused for good. */
const PASSING: ReadonlySet<Failure['what']> = new Set(['unreachable', 'server', 'rate_limited', 'signed_out'])

type Ports = OpenedPorts & {
  set(id: string, change: Partial<Opened>): void
  merge(id: string, handoff: Handoff | null, messages: Message[]): void
  claim(id: string, signal: AbortSignal): Promise<Result<Handoff>>
}

/** Where each reply on its way stands, by hand-over; they go on when another hand-over is opened. */
type Running = Map<string, Outgoing>

/** Sends replies so that each arrives exactly once: kept before it leaves, and tried with the same id until there is an answer. */
export function replying(
  { client, keepsakes, sleep, changed, say, failed, set, merge, claim }: Ports,
  signal: AbortSignal,
) {
  const running: Running = new Map()
  let pause = new AbortController()

  const tell = (id: string, outgoing: Outgoing | null) => {
    if (outgoing) running.set(id, outgoing)
    else running.delete(id)
    set(id, { outgoing })
  }

  async function send(id: string, reply: KeptReply, claimFirst: boolean): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      tell(id, { ...reply, state: 'sending', failure: null })
      const failure = await attemptOnce(id, reply, claimFirst, signal)
      if (failure === null || isSettled(id, reply)) return settle(id)
      failed(failure)
      const passing = PASSING.has(failure.what)
      tell(id, { ...reply, state: passing ? 'waiting' : 'refused', failure })
      if (!passing) return
      pause = new AbortController()
      const ms = (failure.retryAfterSeconds ?? 0) * 1_000 || (PAUSES_MS[attempt] ?? PAUSES_MS.at(-1) ?? 0)
      await sleep(ms, AbortSignal.any([signal, pause.signal])).catch(() => {})
      signal.throwIfAborted()
      if (isSettled(id, reply)) return
    }
  }

  const isSettled = (id: string, { clientMessageId }: KeptReply) => running.get(id)?.clientMessageId !== clientMessageId

  function settle(id: string): void {
    keepsakes.keepUnsent(id, null)
    if (running.has(id)) say(texts.said.sent)
    tell(id, null)
  }

  async function attemptOnce(
    id: string,
    reply: KeptReply,
    claimFirst: boolean,
    signal: AbortSignal,
  ): Promise<Failure | null> {
    if (claimFirst) {
      const claimed = await claim(id, signal)
      if (claimed.outcome === 'failed') return claimed.failure
      merge(id, claimed.value, [])
      changed(claimed.value)
    }
    const sent = await client.reply(id, { text: reply.text, clientMessageId: reply.clientMessageId }, signal)
    if (sent.outcome === 'failed') return sent.failure
    merge(id, null, [sent.value])
    return null
  }

  return {
    /** What is on its way to this conversation. */
    of: (id: string): Outgoing | null => running.get(id) ?? null,
    /** Goes on with what an earlier visit left unsent. */
    async resume(): Promise<void> {
      const left = keepsakes.allUnsent().filter(({ handoff }) => !running.has(handoff))
      await Promise.all(left.map(({ handoff, reply }) => send(handoff, reply, reply.claimFirst)))
    },
    async begin(id: string, text: string, claimFirst: boolean): Promise<void> {
      const reply = { text, clientMessageId: randomId(), claimFirst }
      keepsakes.keepUnsent(id, reply)
      keepsakes.keepDraft(id, '')
      set(id, { draft: '', problem: null })
      await send(id, reply, claimFirst)
    },
    /** The transcript may show it before its own answer came, or although that got lost. */
    arrived(id: string, messages: Message[]): void {
      const outgoing = running.get(id)
      if (outgoing && messages.some(({ clientMessageId }) => clientMessageId === outgoing.clientMessageId)) settle(id)
    },
    /** Takes a refused reply back; null if there is none. */
    takeBack(id: string): string | null {
      const refused = running.get(id)
      if (refused?.state !== 'refused') return null
      keepsakes.keepUnsent(id, null)
      tell(id, null)
      return refused.text
    },
    wake: () => pause.abort(),
  }
}

/** 128 random bits. Not randomUUID, which browsers give to pages under https and localhost only. */
function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
