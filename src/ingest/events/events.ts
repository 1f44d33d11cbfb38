import type { EventName, EventState, Inbox, NewEvent, WaitingEvent } from '#db/inbox/inbox.port.ts'
import { asFault, Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Events, RejectedEvent } from './events.port.ts'
import { type ReadEvent, readEvent } from './read-event.ts'
import { settleEvents } from './settle-events.ts'

const MOST_EVENTS = 1_000
/** Events a transaction: half a second's work at the most, so that a crash repeats little. */
const BATCH = 200
/** After the last of these an event that fails for a reason unknown is parked. */
const PAUSES_MS = [1_000, 5_000, 30_000, 120_000, 600_000]
const DAY_MS = 86_400_000
const SETTLED_KEPT_MS = 30 * DAY_MS
const SETTLED: EventState[] = ['applied', 'superseded']
const UNSETTLED: EventState[] = ['early', 'unhandled', 'parked']
const FORGET_AT_ONCE = 2_000

/** Events over the inbox. `batch` is how many are applied in one transaction. */
export function shopEvents(inbox: Inbox, clock: Clock, log: Log, batch = BATCH): Events {
  async function settleBatch(shop: ShopId, signal: AbortSignal): Promise<number> {
    try {
      return await inbox.settle(shop, batch, clock.now(), settleEvents, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (asFault(error).kind === 'retryable') throw error
    }
    // One of them is at fault; by itself each shows whether it is the one.
    let taken = 0
    for (; taken < batch; taken++) if ((await settleOne(shop, signal)) === 0) break
    return taken
  }

  async function settleOne(shop: ShopId, signal: AbortSignal): Promise<number> {
    let taken: WaitingEvent | null = null
    try {
      return await inbox.settle(
        shop,
        1,
        clock.now(),
        (events, effects) => {
          taken = events[0] ?? null
          return settleEvents(events, effects)
        },
        signal,
      )
    } catch (error) {
      signal.throwIfAborted()
      const fault = asFault(error)
      if (fault.kind === 'retryable' || !taken) throw error
      await setAside(shop, taken, fault, signal)
      return 1
    }
  }

  async function setAside(shop: ShopId, event: WaitingEvent, fault: Fault, signal: AbortSignal): Promise<void> {
    const at = clock.now()
    const { source, id, type, attempts } = event
    const name: EventName = { source, id }
    // A Fault says that trying again changes nothing; anything else may be a passing state of the database.
    const pause = fault.code === 'app.unexpected' ? PAUSES_MS[attempts] : undefined
    const lookAgainAt = pause === undefined ? null : new Date(at.getTime() + pause)
    const problem = { code: fault.code, message: fault.message }
    await inbox.failed(shop, name, problem, lookAgainAt, at, signal)
    log[lookAgainAt ? 'warn' : 'error'](
      { shop, type, code: fault.code, attempts: attempts + 1, err: fault.cause },
      lookAgainAt ? 'event failed for now' : 'event parked',
    )
  }

  return {
    async accept(shop, body, signal) {
      const receivedAt = clock.now()
      const { events, rejected } = readAll(listOf(body), receivedAt)
      if (events.length === 0) return { accepted: 0, duplicates: 0, rejected }
      const { fresh, repeated } = onceEach(events)
      const { accepted, duplicates } = await inbox.add(shop, fresh, receivedAt, signal)
      return { accepted, duplicates: duplicates + repeated, rejected }
    },
    async settle(shop, signal) {
      for (let settled = 0; ; ) {
        signal.throwIfAborted()
        const taken = await settleBatch(shop, signal)
        settled += taken
        if (taken < batch) return settled
      }
    },
    list: (shop, page, signal) => inbox.list(shop, page, signal),
    async tidy(shop, retentionDays, signal) {
      const now = clock.now().getTime()
      const forget = async (states: EventState[], before: Date) => {
        for (let gone = 0; ; ) {
          const some = await inbox.forget(shop, states, before, FORGET_AT_ONCE, signal)
          gone += some
          if (some < FORGET_AT_ONCE) return gone
        }
      }
      const settled = await forget(SETTLED, new Date(now - SETTLED_KEPT_MS))
      return settled + (await forget(UNSETTLED, new Date(now - retentionDays * DAY_MS)))
    },
  }
}

function listOf(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null)
    throw new Fault({
      kind: 'user',
      code: 'ingest.event.not_readable',
      message: 'Send one CloudEvent as a JSON object, or a batch as an array.',
      status: 400,
    })
  const list = Array.isArray(body) ? body : [body]
  if (list.length > MOST_EVENTS)
    throw new Fault({
      kind: 'user',
      code: 'ingest.event.too_many',
      message: `A batch holds at most ${MOST_EVENTS} events; this one holds ${list.length}.`,
      status: 413,
    })
  return list
}

function readAll(list: unknown[], receivedAt: Date): { events: ReadEvent[]; rejected: RejectedEvent[] } {
  const events: ReadEvent[] = []
  const rejected: RejectedEvent[] = []
  list.forEach((value, index) => {
    const read = readEvent(value, index, receivedAt)
    if ('code' in read) rejected.push({ index, ...read })
    else events.push(read)
  })
  return { events, rejected }
}

/** The first of each source and id; what comes again under the same name is a duplicate, whatever it says. */
function onceEach(events: ReadEvent[]): { fresh: NewEvent[]; repeated: number } {
  const first = new Map<string, NewEvent>()
  for (const { kept, ...event } of events) {
    const name = JSON.stringify([event.source, event.id])
    if (!first.has(name)) first.set(name, { ...event, state: kept ? 'unhandled' : 'waiting' })
  }
  return { fresh: [...first.values()], repeated: events.length - first.size }
}
