import type { DeskClient, Failure } from '../../api-client/desk-client.ts'
import type { Handoff, HandoffStatus } from '../../api-client/desk-shapes.ts'
import { arrange } from './arrange.ts'
import { belongs, byUrgency, type Me } from './belonging.ts'
import type { Queue, Show } from './desk.port.ts'
import type { Store } from './store.ts'

const PAGE = 100
const COUNTED = ['open', 'waiting', 'mine', 'others'] as const

/** What has to be read to show a part of the queue. */
const NEEDED: Record<Show, HandoffStatus[]> = {
  open: ['waiting', 'claimed'],
  waiting: ['waiting'],
  mine: ['claimed'],
  others: ['claimed'],
  resolved: ['resolved'],
}

/** How far a status has been read: `unread`, or how many pages and where the next begins. */
type Reading = { pages: number; next: string | null }

type Ports = { store: Store; client: DeskClient; me(): Me; failed(failure: Failure): void }

/** The list of hand-overs: reading it, keeping it in step with what is told, and not moving it under a hand. */
export function queueState({ store, client, me, failed }: Ports, signal: AbortSignal) {
  const known = new Map<string, Handoff>()
  const readings = new Map<HandoffStatus, Reading>()
  const unread = new Set<string>()
  let shown: string[] = []
  let held = false
  let reading = false
  let again = false
  const told = new Map<string, Handoff>()

  const show = () => store.state.place.show
  const set = (change: Partial<Queue>) => store.set({ queue: { ...store.state.queue, ...change } })

  /** One reading at a time; asked for meanwhile, it is read once more. */
  async function reload(signal: AbortSignal): Promise<void> {
    if (reading) {
      again = true
      return
    }
    reading = true
    try {
      do {
        again = false
        told.clear()
        await readAll(signal)
      } while (again)
    } finally {
      reading = false
    }
  }

  /** Reads what is shown and what is counted; as many pages as had been read before. */
  async function readAll(signal: AbortSignal): Promise<void> {
    // Open ones always, since they are counted.
    const asked = [...new Set<HandoffStatus>(['waiting', 'claimed', ...NEEDED[show()]])]
    const results = await Promise.all(asked.map((status) => readAgain(status, signal)))
    const failure = results.find((result) => result !== null)
    if (failure) {
      failed(failure)
      set({ phase: store.state.queue.phase === 'there' ? 'there' : 'failed', failure })
      return
    }
    // The pages may be older than what was told one by one while they were on their way.
    for (const handoff of told.values()) known.set(handoff.id, handoff)
    set({ phase: 'there', failure: null })
    render()
  }

  async function readAgain(status: HandoffStatus, signal: AbortSignal): Promise<Failure | null> {
    const pages = Math.max(1, readings.get(status)?.pages ?? 1)
    const found: Handoff[] = []
    let next: string | null = null
    for (let page = 0; page < pages; page++) {
      const result = await client.handoffs({ status, cursor: next, limit: PAGE }, signal)
      if (result.outcome === 'failed') return result.failure
      found.push(...result.value.items)
      next = result.value.nextCursor
      if (next === null) break
    }
    for (const [id, handoff] of known) if (handoff.status === status) known.delete(id)
    for (const handoff of found) known.set(handoff.id, handoff)
    readings.set(status, { pages, next })
    return null
  }

  async function more(signal: AbortSignal): Promise<void> {
    set({ loadingMore: true })
    for (const status of NEEDED[show()]) {
      const reading = readings.get(status)
      if (!reading?.next) continue
      const result = await client.handoffs({ status, cursor: reading.next, limit: PAGE }, signal)
      if (result.outcome === 'failed') {
        failed(result.failure)
        break
      }
      for (const handoff of result.value.items) known.set(handoff.id, handoff)
      readings.set(status, { pages: reading.pages + 1, next: result.value.nextCursor })
    }
    set({ loadingMore: false })
    render(true)
  }

  function render(evenIfHeld = false): void {
    const wanted = [...known.values()].filter((handoff) => belongs(handoff, show(), me())).sort(byUrgency(show(), me()))
    const wantedIds = wanted.map(({ id }) => id)
    const order = arrange(
      shown.filter((id) => known.has(id)),
      wantedIds,
      held && !evenIfHeld,
    )
    shown = order.shown
    const belonging = new Set(wantedIds)
    set({
      fresh: order.fresh,
      rows: shown.flatMap((id) => {
        const handoff = known.get(id)
        return handoff ? [{ handoff, unread: unread.has(id), left: !belonging.has(id) }] : []
      }),
      more: NEEDED[show()].some((status) => readings.get(status)?.next),
      counts: countsOf(known, readings, me()),
    })
  }

  return {
    reload: () => reload(signal),
    more: () => more(signal),
    /** What was read of one hand-over takes the place of what was known of it. */
    take(handoff: Handoff): void {
      known.set(handoff.id, handoff)
      if (reading) told.set(handoff.id, handoff)
      render()
    },
    /** It is no longer on the server, or not for these eyes. */
    drop(id: string): void {
      known.delete(id)
      render()
    },
    known: (id: string) => known.get(id) ?? null,
    said(id: string): void {
      unread.add(id)
      render()
    },
    seen(id: string): void {
      if (unread.delete(id)) render()
    },
    hold(now: boolean): void {
      if (held === now) return
      held = now
      if (!held) render()
    },
    showFresh: () => render(true),
    /** Another part of the queue is shown. */
    turn(): void {
      shown = []
      const read = NEEDED[show()].every((status) => readings.has(status))
      if (!read) set({ phase: 'loading' })
      render(true)
    },
  }
}

function countsOf(known: Map<string, Handoff>, readings: Map<HandoffStatus, Reading>, me: Me): Queue['counts'] {
  const all = [...known.values()]
  const entries = COUNTED.map((show) => [
    show,
    {
      count: all.filter((handoff) => belongs(handoff, show, me)).length,
      more: NEEDED[show].some((status) => readings.get(status)?.next),
    },
  ])
  return Object.fromEntries(entries)
}
