import type { DeskKnock, DeskKnocks } from '#db/desk/desk-knocks.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { DeskEvent } from './desk.port.ts'

/** A reader this far behind is better told to read everything anew. */
const MOST_WAITING = 500
/** No knock means that nothing happened; this only bounds one wait. */
const WAIT_MS = 60_000
const READY: DeskEvent = { event: 'ready', data: {} }

/** What happens at a shop's desk, as it happens; see Desk.follow. */
export async function* followDesk(
  knocks: DeskKnocks,
  clock: Clock,
  shop: ShopId,
  signal: AbortSignal,
): AsyncGenerator<DeskEvent> {
  let waiting: DeskEvent[] = [READY]
  let wake: () => void = () => {}
  const stop = knocks.listen(shop, (knock) => {
    if (knock === null || waiting.length >= MOST_WAITING) waiting = [READY]
    else waiting.push(eventOf(knock))
    wake()
  })
  try {
    while (true) {
      yield* waiting.splice(0)
      signal.throwIfAborted()
      if (waiting.length > 0) continue
      const awake = new AbortController()
      wake = () => awake.abort()
      await clock.sleep(WAIT_MS, AbortSignal.any([signal, awake.signal])).catch(() => {})
      wake = () => {}
      signal.throwIfAborted()
    }
  } finally {
    stop()
  }
}

function eventOf({ handoff, conversation: conversationId, ...knock }: DeskKnock): DeskEvent {
  if (knock.kind === 'handoff') return { event: 'handoff', data: { id: handoff, conversationId, status: knock.status } }
  return { event: 'message', data: { handoffId: handoff, conversationId, role: knock.role } }
}
