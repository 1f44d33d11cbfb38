import type { DeskClient, Failure } from '../../api-client/desk-client.ts'
import type { Handoff, LiveEvent } from '../../api-client/desk-shapes.ts'
import type { BrowserClock } from '../../browser-clock.ts'
import { texts } from '../texts/english.ts'
import { addressOf, placeOf } from './address.ts'
import type { Desk, Live, Place } from './desk.port.ts'
import type { Keepsakes } from './keepsakes.ts'
import { liveUpdates } from './live.ts'
import { openedState, run } from './opened.ts'
import { queueState } from './queue.ts'
import { emptyState, store as makeStore } from './store.ts'

/** How often times told relative to now are told anew. */
const TICK_MS = 15_000
/** More changes at once than this are read as a whole list instead of one by one. */
const MANY = 8

export type DeskPorts = {
  client: DeskClient
  clock: BrowserClock
  chance(): number
  keepsakes: Keepsakes
  window: Window
}

/** The desk of this window. */
export function desk({ client, clock, chance, keepsakes, window }: DeskPorts): Desk {
  const whole = new AbortController()
  const { signal } = whole
  const place = () => placeOf(new URL(window.location.href))
  const store = makeStore(emptyState(place(), clock.now(), keepsakes.shortcuts()))
  const me = () => (store.state.session.phase === 'in' ? store.state.session.operator : null)
  const say = (text: string) => store.set({ said: { text } })
  const queue = queueState({ store, client, me, failed: noticed }, signal)
  const opened = openedState(
    {
      store,
      client,
      keepsakes,
      sleep: clock.sleep,
      changed: (handoff) => queue.take(handoff),
      gone: (id) => queue.drop(id),
      say,
      failed: noticed,
    },
    signal,
  )
  const live = liveUpdates({ client, clock, chance, tell: liveTurned, happened, goOn: stillIn })
  const stale = new Set<string>()
  let catchingUp = false
  /** Ends with the session: nobody who signed out is told anything. */
  let signedIn = new AbortController()

  /** Being signed out concerns everything; what else went wrong is shown where it was asked for. */
  function noticed(failure: Failure): void {
    if (failure.what !== 'signed_out') return
    keepsakes.keepWanted(addressOf(store.state.place))
    leave()
  }

  function leave(): void {
    signedIn.abort()
    store.set({ session: { phase: 'out' } })
  }

  async function enter(): Promise<void> {
    const result = await client.whoAmI(signal)
    if (result.outcome === 'failed') {
      noticed(result.failure)
      if (result.failure.what !== 'signed_out') store.set({ session: { phase: 'failed', failure: result.failure } })
      return
    }
    signedIn.abort()
    signedIn = new AbortController()
    store.set({ session: { phase: 'in', operator: result.value.operator } })
    arrive()
    opened.resumeReplies()
    // At once, and again at the first `ready`: the list is there even where live updates are not.
    run(queue.reload())
    run(live.follow(AbortSignal.any([signal, signedIn.signal])))
  }

  async function stillIn(signal: AbortSignal): Promise<boolean> {
    const result = await client.whoAmI(signal)
    if (result.outcome === 'failed') noticed(result.failure)
    return store.state.session.phase === 'in'
  }

  function liveTurned(now: Live): void {
    store.set({ live: now, now: clock.now() })
    if (now.state === 'lost') run(countDown(now))
  }

  /** Told to the second until the next attempt, elsewhere nobody needs that. */
  async function countDown(lost: Live): Promise<void> {
    while (store.state.live === lost) {
      await clock.sleep(1_000, signal)
      store.set({ now: clock.now() })
    }
  }

  async function tick(): Promise<void> {
    for (;;) {
      await clock.sleep(TICK_MS, signal)
      store.set({ now: clock.now() })
    }
  }

  function happened(event: LiveEvent): void {
    if (event.event === 'ready') {
      run(queue.reload())
      opened.reload()
    } else if (event.event === 'handoff') {
      stale.add(event.id)
      run(catchUp())
    } else {
      if (event.role === 'shopper' && !(opened.isOpen(event.handoffId) && window.document.hasFocus()))
        queue.said(event.handoffId)
      if (opened.isOpen(event.handoffId)) opened.reload()
      if (event.role === 'shopper') say(texts.said.message)
    }
  }

  /** Reads what changed, one after the other; meanwhile further changes wait in `stale`. */
  async function catchUp(): Promise<void> {
    if (catchingUp) return
    catchingUp = true
    try {
      while (stale.size > 0) {
        const ids = [...stale]
        stale.clear()
        if (ids.length > MANY) await queue.reload()
        else for (const id of ids) await readAgain(id)
      }
    } finally {
      catchingUp = false
    }
  }

  async function readAgain(id: string): Promise<void> {
    if (opened.isOpen(id)) return opened.reload()
    const isNew = queue.known(id) === null
    const result = await client.handoff(id, signal)
    if (result.outcome === 'ok') {
      if (isNew && result.value.status === 'waiting') say(texts.said.handoff(result.value.packet.question ?? ''))
      queue.take(withoutMessages(result.value))
    } else if (result.failure.what === 'missing') queue.drop(id)
    else noticed(result.failure)
  }

  function go(change: Partial<Place>): void {
    const next = { ...store.state.place, ...change }
    if (addressOf(next) === addressOf(store.state.place)) return
    window.history.pushState(null, '', addressOf(next))
    moveTo(next)
  }

  function moveTo(next: Place): void {
    const turned = next.show !== store.state.place.show
    store.set({ place: next })
    if (turned) {
      queue.turn()
      if (next.show === 'resolved') run(queue.reload())
    }
    arrive()
  }

  /** Opens what the address names; before signing in there is nothing to open. */
  function arrive(): void {
    if (!me()) return
    const { handoff } = store.state.place
    opened.turn(handoff, handoff ? queue.known(handoff) : null)
    if (handoff) queue.seen(handoff)
  }

  function looked(): void {
    const id = store.state.opened?.id
    if (id && window.document.visibilityState === 'visible') queue.seen(id)
    if (store.state.live.state === 'lost') live.wake()
    returned()
  }

  /** Signed in from another window, or the server is there again. */
  function returned(): void {
    const { phase } = store.state.session
    if (phase === 'out' || phase === 'failed') run(enter())
  }

  return {
    get state() {
      return store.state
    },
    subscribe: store.subscribe,
    start() {
      window.addEventListener('popstate', () => moveTo(place()), { signal })
      window.addEventListener('online', () => [live.wake(), opened.retryReply(), returned()], { signal })
      window.addEventListener('focus', looked, { signal })
      window.document.addEventListener('visibilitychange', looked, { signal })
      run(enter())
      run(tick())
    },
    go,
    hold: queue.hold,
    showFresh: queue.showFresh,
    loadMore: () => run(queue.more()),
    refresh() {
      if (store.state.session.phase === 'in') {
        run(queue.reload())
        opened.reload()
      } else run(enter())
    },
    reconnect: live.wake,
    claim: opened.claim,
    reply: opened.reply,
    retryReply: opened.retryReply,
    editReply: opened.editReply,
    setDraft: opened.setDraft,
    giveBack: opened.giveBack,
    resolve: opened.resolve,
    setShortcuts(on) {
      keepsakes.keepShortcuts(on)
      store.set({ shortcuts: on })
    },
    signOut() {
      run(
        client.signOut(signal).then((result) => {
          if (result.outcome === 'failed' && result.failure.what !== 'signed_out') return say(texts.said.signOutFailed)
          keepsakes.forget()
          leave()
        }),
      )
    },
    dispose: () => whole.abort(),
  }
}

/** The list needs no transcripts, and holds many hand-overs. */
function withoutMessages({ messages: _, ...handoff }: Handoff & { messages: unknown }): Handoff {
  return handoff
}
