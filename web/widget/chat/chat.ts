import { masked } from '#domain/masking.ts'
import type { Failure as CallFailure, Reply } from '../../api-client/reply.ts'
import type { MyData, Receipt } from '../../api-client/shapes.ts'
import type { Chat } from '../chat.port.ts'
import { access } from './access.ts'
import { answerKey, board, EMPTY } from './board.ts'
import type { ChatPorts } from './browser.port.ts'
import { isCode } from './failures.ts'
import { kept as keptIn } from './kept.ts'
import { questionsOf, withMessage, withNotice } from './lines.ts'
import { live as liveIn } from './live.ts'
import { outbox as outboxOf } from './outbox.ts'
import { orderProof } from './proof.ts'
import { recovery } from './recovery.ts'

/** Longest message the API takes, in UTF-16 units. */
const LONGEST = 4_000

/** The conversation of this browser with the shop, over what the browser gives. See chat.port.ts. */
export function chat(ports: ChatPorts): Chat {
  const { client, network, clock } = ports
  const life = new AbortController()
  const lifetime = life.signal
  const kept = keptIn(ports.store, ports.publicKey)
  const facts = board(network.online(), () => clock.now())
  const server = access(ports, kept, facts, lifetime)
  const live = liveIn(ports, kept, facts, server, lifetime)
  const mend = recovery(ports, facts, resume, lifetime)
  const outbox = outboxOf(ports, kept, facts, server, { failed: sendingFailed, succeeded: sent, answered }, lifetime)
  const proof = orderProof(
    server,
    facts,
    { failed: (failure) => mend.failed(failure), succeeded: mend.succeeded, unlocked: askAgain },
    lifetime,
  )
  let started: Promise<void> | null = null
  let visible = false
  let said = 0
  let last = 0
  const stops: (() => void)[] = []

  return {
    ...proof,
    get state() {
      return facts.state
    },
    subscribe: facts.subscribe,
    start() {
      started ??= begin()
      return started
    },
    seen(now) {
      visible = now
      if (visible && facts.facts.unread > 0) facts.set({ unread: 0 })
      if (facts.facts.phase !== 'ready') return
      server.checkIdentity()
      live.follow(visible)
      if (visible) void outbox.drain()
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
    async askForPerson(wish) {
      const said = { ...wish, ...(wish.reason ? { reason: masked(wish.reason) } : {}) }
      await act('person', async () => {
        const reply = await server.inConversation((shopper, id) => shopper.askForPerson(id, said, lifetime))
        if (reply.outcome === 'ok') {
          const handoff = reply.value
          facts.set({ lines: withNotice(facts.facts.lines, handoff, clock.now()), handoff, begunAnew: null })
          live.follow(visible)
        }
        return reply
      })
    },
    async rate(key, feedback) {
      const { lines, links } = facts.facts
      const questions = questionsOf(lines, links)
      const line = lines.find(
        (one) => one.kind === 'message' && answerKey(questions.get(one.message.id) ?? one.message.id) === key,
      )
      if (line?.kind !== 'message') return
      const { message } = line
      const given = { ...feedback, ...(feedback.comment ? { comment: masked(feedback.comment) } : {}) }
      const show = (value: typeof message.feedback) =>
        facts.set({ lines: withMessage(facts.facts.lines, { ...message, feedback: value }) })
      show({
        helpful: given.helpful,
        reason: given.reason ?? null,
        comment: given.comment ?? null,
        at: clock.now().toISOString(),
      })
      const reply = await act(`rate ${key}`, () => server.call((shopper) => shopper.rate(message.id, given, lifetime)))
      if (reply.outcome === 'ok') show(reply.value)
    },
    async myData() {
      if (!kept.session()) return { sessions: [], conversations: [], handoffs: [] } satisfies MyData
      return demand(await server.call((shopper) => shopper.myData(lifetime)))
    },
    async eraseMyData() {
      const nothing = { erasedAt: clock.now().toISOString(), conversations: 0, messages: 0, handoffs: 0, feedback: 0 }
      const receipt: Receipt = kept.session()
        ? demand(await server.call((shopper) => shopper.eraseMyData(lifetime)))
        : nothing
      leave('erased')
      kept.erase()
      const { config } = facts.facts
      facts.set({ draft: '', customer: null, phase: config?.privacy.consent === 'required' ? 'consent' : 'ready' })
      return receipt
    },
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
        facts.set({ online: network.online() })
        if (network.online()) void mend.retry()
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
    await act('transcript', () => live.load())
    if (lifetime.aborted || facts.facts.phase === 'unavailable') return
    facts.set({ phase: 'ready' })
    await resume()
  }

  /** Follows and sends what waits, without waiting for answers. */
  async function resume(): Promise<void> {
    if (facts.facts.phase !== 'ready') return
    live.follow(visible)
    void outbox.drain()
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

  function sent(): void {
    mend.succeeded()
    live.follow(visible)
  }

  function sendingFailed(failure: CallFailure, question: string): void {
    if (isCode(failure, 403, /^api\.consent\./)) {
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

  async function act<Value>(name: string, work: () => Promise<Reply<Value>>): Promise<Reply<Value>> {
    const reply = await work()
    if (reply.outcome === 'ok') mend.succeeded(name)
    else mend.failed(reply, { name, work: () => act(name, work) })
    return reply
  }

  function demand<Value>(reply: Reply<Value>): Value {
    if (reply.outcome === 'ok') return reply.value
    mend.failed(reply)
    throw new Error(`not available: ${reply.outcome}`)
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
    if (name === 'conversation' && (kept.conversation() === null || kept.conversation()?.id)) {
      facts.set({ ...EMPTY, outgoing: kept.outgoing() })
      void goOn()
    }
  }

  function countUnread(): void {
    const before = said
    said = facts.facts.lines.filter((line) => line.kind === 'message' && line.message.role !== 'shopper').length
    if (said > before && !visible && facts.facts.phase === 'ready')
      facts.set({ unread: facts.facts.unread + said - before })
  }
}
