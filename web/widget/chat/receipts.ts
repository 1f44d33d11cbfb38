import { pause } from '../../api-client/reply.ts'
import type { Access } from './access.ts'
import type { Board } from './board.ts'
import type { ChatPorts } from './browser.port.ts'
import type { Kept } from './kept.ts'

/** Between two receipts, in milliseconds: what is said meanwhile is told in one. */
const PAUSE_MS = 2_000
/** After failures, in milliseconds; half of it by chance. All within the minute in which a reply is not mailed yet. */
const FIRST_AGAIN_MS = 2 * PAUSE_MS
const MOST_AGAIN_MS = 16_000

/**
 * Tells the server what a person wrote and the shopper has before their eyes, which `seen` says; what was only sent to this page
 * may never have been shown. What is returned looks whether there is something to tell, and goes on until it is told.
 */
export function receipts(
  { clock, chance }: ChatPorts,
  kept: Kept,
  board: Board,
  server: Access,
  seen: () => boolean,
  lifetime: AbortSignal,
): () => Promise<void> {
  let told = ''
  let telling = false

  return async () => {
    if (telling) return
    telling = true
    for (let failures = 0, next = newest(); next && !lifetime.aborted; next = newest()) {
      const { conversation, upTo } = next
      const reply = await server.call((shopper) => shopper.seen(conversation, upTo, lifetime))
      // A server that will not have it says so once; too many requests pass by themselves.
      const done = reply.outcome === 'ok' || (reply.outcome === 'problem' && reply.status < 429)
      if (done) told = upTo
      failures = done ? 0 : failures + 1
      const wait = done ? PAUSE_MS : pause(failures, chance(), FIRST_AGAIN_MS, MOST_AGAIN_MS)
      await clock.sleep(wait, lifetime).catch(() => {})
    }
    telling = false
  }

  function newest(): { conversation: string; upTo: string } | null {
    const line = board.facts.lines.findLast((line) => line.kind === 'message' && line.message.role === 'person')
    const conversation = kept.conversation()?.id
    if (!seen() || !conversation || line?.kind !== 'message' || line.message.id === told) return null
    return { conversation, upTo: line.message.id }
  }
}
