import { masked } from '#domain/masking.ts'
import type { Failure as CallFailure } from '../../api-client/reply.ts'
import type { Chat } from '../chat.port.ts'
import { access } from './access.ts'
import { board, EMPTY } from './board.ts'
import type { ChatPorts } from './browser.port.ts'
import { kept as keptIn } from './kept.ts'
import { questionsOf } from './lines.ts'
import { live as liveIn } from './live.ts'
import { orderProof } from './proof.ts'
import { isCode } from './sending/failures.ts'
import { outbox as outboxOf } from './sending/outbox.ts'
import { recovery } from './sending/recovery.ts'
import { wishesOf } from './wishes.ts'

/** Longest message the API takes, in UTF-16 units. */
const LONGEST = 4_000

/** The conversation of this browser with the shop, over what the browser gives. See chat.port.ts. */
export function chat(ports: ChatPorts): Chat {
  const { client, network, clock } = ports
  const life = new AbortController()
  const lifetime = life.signal
  const kept = keptIn(ports.store, ports.publicKey)
  const facts = board(network.online(), () => clock.now())
  const server = access(ports, kept, facts, { switched }, lifetime)
  const live = liveIn(ports, kept, facts, server, lifetime)
  const mend = recovery(ports, facts, resume, lifetime)
  const outbox = outboxOf(ports, kept, facts, server, { failed: sendingFailed, succeeded: sent, answered }, lifetime)
  const proof = orderProof(
    server,
    facts,
    { failed: (failure) => mend.failed(failure), succeeded: mend.succeeded, unlocked: askAgain },
    lifetime,
  )
  const wishes = wishesOf(ports, kept, facts, server, mend, { handedOver: follow, erased }, lifetime)
  let started: Promise<void> | null = null
  let open = false
  let said = 0
  let last = 0
  const stops: (() => void)[] = []

  return {
    ...proof,
    ...wishes,
    get state() {
      return facts.state
    },
    subscribe: facts.subscribe,
    start() {
      started ??= begin()
      return started
    },
    seen(visible) {
      open = visible
      if (open && facts.facts.unread > 0) facts.set({ unread: 0 })
      if (facts.facts.phase === 'ready') server.checkIdentity()
      void resume()
    },
    async acceptPrivacy() {
      const { config, phase } = facts.facts
      if (phase !== 'consent' || !config) return
      kept.keepConsent(config.privacy.version)
      await goOn()
    },
    send: async (text) => send(text),
    setDraft(text) {
      facts.set({ draft: text })
      if (facts.facts.phase === 'ready') kept.keepDraft(text)
    },
    retry: () => mend.retry(),
    stop: () => outbox.stop(),
    startOver: async () => leave(null),
    dispose() {
      life.abort(new Error('disposed'))
      for (const stop of stops) stop()
    },
  }

  async function begin(): Promise<void> {
    stops.push(
      facts.subscribe(countUnread),
      kept.watch(changedElsewhere),
      network.watch(() => {
        const back = network.online() && !facts.facts.online
        facts.set({ online: network.online() })
        void (back ? mend.retry() : resume())
      }),
    )
    facts.set({ draft: kept.draft(), customer: kept.session()?.customer ?? null })
    await load()
  }

  async function load(): Promise<void> {
    const reply = await client.widgetConfig(ports.locale || null, lifetime)
    if (reply.outcome !== 'ok') {
      if (lifetime.aborted) return
      facts.set({ phase: 'unavailable' })
      return mend.failed(reply, { name: 'load', work: load })
    }
    const { privacy } = reply.value
    const accepted = privacy.consent === 'none' || kept.consent() === privacy.version
    facts.set({ config: reply.value, phase: accepted ? 'loading' : 'consent' })
    mend.succeeded('load')
    if (accepted) await goOn()
  }

  async function goOn(): Promise<void> {
    server.checkIdentity()
    facts.set({ outgoing: kept.outgoing() })
    await mend.act('transcript', () => live.load())
    if (lifetime.aborted || facts.facts.phase === 'unavailable') return
    facts.set({ phase: 'ready' })
    await resume()
  }

  /** Follows and sends what waits, without waiting for answers. */
  async function resume(): Promise<void> {
    if (facts.facts.phase !== 'ready') return
    follow()
    void outbox.drain()
  }

  function follow(): void {
    live.follow(open && network.shown())
  }

  function send(text: string): boolean {
    const { phase, failure, outgoing, draft } = facts.facts
    if (phase !== 'ready' || failure?.what === 'rate_limited') return false
    if (text.trim() === '' || text.trim().length > LONGEST) return false
    // Kept in order, also within one tick of the clock.
    last = Math.max(last + 1, clock.now().getTime())
    const question = { id: ports.ids.make(), text: masked(text.trim()), at: new Date(last).toISOString() }
    kept.keepOutgoing(question)
    if (draft.trim() === text.trim()) {
      kept.keepDraft('')
      facts.set({ draft: '' })
    }
    facts.set({ outgoing: [...outgoing, question], failure: null, failed: new Set(), begunAnew: null })
    if (network.online() && !facts.state.busy) facts.setStream(question.id, {})
    void outbox.drain()
    return true
  }

  /** What the other person's conversation holds is shown as soon as it is known. */
  function switched(): void {
    if (facts.facts.phase === 'ready') void mend.act('transcript', () => live.load()).then(follow)
  }

  function sent(): void {
    mend.succeeded()
    follow()
  }

  function sendingFailed(failure: CallFailure, question: string): void {
    // Not when consent to this very notice was sent: asking for it again would end nowhere.
    const consented = kept.consent() !== null && kept.consent() === facts.facts.config?.privacy.version
    if (isCode(failure, 403, /^api\.consent\./) && !consented) {
      facts.set({ phase: 'loading' })
      return void load()
    }
    const limited = isCode(failure, 429)
    if (network.online() && !limited) facts.set({ failed: new Set([...facts.facts.failed, question]) })
    mend.failed(failure)
  }

  function answered({ needs }: { needs: string | null }): void {
    if (needs === 'order_proof' && ['none', 'unlocked'].includes(facts.facts.proof.step)) proof.askForProof()
  }

  /** The question that could not be answered without proof. */
  function askAgain(): void {
    const { lines, links } = facts.facts
    const answer = lines.findLast((line) => line.kind === 'message' && line.message.answer?.needs === 'order_proof')
    if (answer?.kind !== 'message') return
    const id = questionsOf(lines, links).get(answer.message.id)
    const question = lines.find((line) => line.kind === 'message' && line.message.clientMessageId === id)
    if (id && question?.kind === 'message') send(question.message.text)
  }

  function erased(): void {
    leave('erased')
    kept.erase()
    const { config } = facts.facts
    facts.set({ draft: '', customer: null, phase: config?.privacy.consent === 'required' ? 'consent' : 'ready' })
  }

  function leave(why: 'erased' | null): void {
    outbox.abandon()
    for (const { id } of kept.outgoing()) kept.dropOutgoing(id)
    facts.set({ outgoing: [], failure: null })
    proof.cancelProof()
    server.beginAnew(why)
    live.follow(false)
  }

  function changedElsewhere(name: string): void {
    if (facts.facts.phase === 'consent' && name === 'consent') return void load()
    if (facts.facts.phase !== 'ready') return
    // Sent by the tab it was written in, where the answer is waited for; what that leaves behind is taken up when this one is seen.
    if (name.startsWith('out:')) outbox.refresh()
    if (name === 'session') facts.set({ customer: kept.session()?.customer ?? null })
    if (kept.isConversation(name) && (kept.conversation() === null || kept.conversation()?.id)) {
      facts.set({ ...EMPTY, outgoing: kept.outgoing() })
      void goOn()
    }
  }

  function countUnread(): void {
    const before = said
    said = facts.facts.lines.filter((line) => line.kind === 'message' && line.message.role !== 'shopper').length
    if (said > before && !open && facts.facts.phase === 'ready')
      facts.set({ unread: facts.facts.unread + said - before })
  }
}
