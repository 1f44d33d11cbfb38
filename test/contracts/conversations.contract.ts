import { describe, expect, test } from 'vitest'
import type { Session } from '#db/access/sessions.port.ts'
import type { HandoffStore, NewHandoff } from '#db/desk/handoffs.port.ts'
import type { ConversationStore, Owner } from '#db/support/conversations.port.ts'
import type { PersonalData } from '#db/support/personal-data.port.ts'
import type { QuestionStore, Settlement } from '#db/support/questions.port.ts'
import type { ConversationId, MessageId, ShopId } from '#domain/ids.ts'
import { agentAnswer } from '../fakes/scripted-agent.ts'
import { GRACE, newHandoff } from '../fixtures/handoff-builder.ts'

export type ConversationBench = {
  shop: ShopId
  other: ShopId
  conversations: ConversationStore
  questions: QuestionStore
  handoffs: HandoffStore
  personalData: PersonalData
  session(customer?: string | null, inShop?: ShopId): Promise<Session>
}

const { signal } = new AbortController()
const noon = new Date('2026-03-04T12:00:00.000Z')
const at = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const lease = (holder: string, seconds = 0) => ({ holder, at: at(seconds), until: at(seconds + 10) })
let made = 0

function settlement(question: MessageId, changes: Partial<Settlement> = {}): Settlement {
  const { handoffReason, summary, suggestedReply, memory, trace, ...answer } = agentAnswer()
  return {
    question,
    answer: { ...answer, id: `msg_answer_${++made}`, latencyMs: 5, traceId: 'trc_1' },
    stages: ['understanding'],
    memory: {},
    trace: {},
    handoff: null,
    at: noon,
    ...changes,
  }
}

const handoff = (changes: Partial<NewHandoff> = {}) => newHandoff(`hnd_${++made}`, noon, changes)

/** What the stores of conversations, questions and hand-overs must do together; `open` gives each test fresh ones with two shops. */
export function conversationContract(adapter: string, open: () => Promise<ConversationBench>) {
  const started = async (customer: string | null = null) => {
    const bench = await open()
    const session = await bench.session(customer)
    const owner: Owner = { shop: session.shop, session: session.id, customer: session.customer?.id ?? null }
    const id = await bench.conversations.create(owner, { id: `cnv_${++made}`, creationKey: null, at: noon }, signal)
    const ask = async (text: string, clientMessageId = text) => {
      const accepted = await bench.questions.accept(
        owner,
        id,
        { id: `msg_${++made}`, clientMessageId, text, traceId: 'trc_q', at: noon },
        signal,
      )
      if (accepted.outcome !== 'accepted') throw new Error(accepted.outcome)
      return accepted.message
    }
    return { ...bench, owner, id, ask }
  }

  describe(`ConversationStore contract: ${adapter}`, () => {
    test('makes one conversation per creation key and session', async () => {
      const { conversations, owner, session } = await started()
      const make = (by: Owner, creationKey: string | null) =>
        conversations.create(by, { id: `cnv_${++made}`, creationKey, at: noon }, signal)
      const together = await Promise.all([make(owner, 'k'), make(owner, 'k'), make(owner, 'k')])
      expect(new Set(together).size).toBe(1)
      expect(await make(owner, null)).not.toBe(await make(owner, null))
      const other = await session()
      expect(await make({ ...owner, session: other.id }, 'k')).not.toBe(together[0])
    })

    test('shows a conversation to its session and to the same customer, to nobody else', async () => {
      const { conversations, owner, id, session, other } = await started('cust-1')
      const sees = async (by: Session) =>
        (await conversations.transcript(
          { shop: by.shop, session: by.id, customer: by.customer?.id ?? null },
          id,
          signal,
        )) !== null
      expect(await conversations.transcript(owner, id, signal)).toMatchObject({ id, messages: [], lastEvent: 0 })
      expect(await sees(await session('cust-1'))).toBe(true)
      expect(await sees(await session('cust-2'))).toBe(false)
      expect(await sees(await session())).toBe(false)
      expect(await sees(await session('cust-1', other))).toBe(false)
    })
  })

  describe(`QuestionStore contract: ${adapter}`, () => {
    test('takes a message once per client id, and says when the text is another', async () => {
      const { questions, owner, id, ask } = await started()
      const [first, second] = await Promise.all([ask('Hello', 'one'), ask('Hello', 'one')])
      expect(first).toBe(second)
      const again = await questions.accept(
        owner,
        id,
        { id: 'msg_x', clientMessageId: 'one', text: 'Bye', traceId: '', at: noon },
        signal,
      )
      expect(again.outcome).toBe('other_text')
      const nowhere = await questions.accept(
        owner,
        'cnv_none' as ConversationId,
        { id: 'msg_y', clientMessageId: 'one', text: 'Hello', traceId: '', at: noon },
        signal,
      )
      expect(nowhere.outcome).toBe('unknown_conversation')
    })

    test('gives questions in order, to one holder at a time, and to another when the hold has run out', async () => {
      const { questions, shop, id, ask } = await started()
      const first = await ask('First')
      await ask('Second')
      const claim = await questions.claimNext(shop, id, lease('a'), signal)
      expect(claim).toMatchObject({
        outcome: 'claimed',
        question: { message: first, text: 'First', history: [], personHasIt: false },
      })
      expect(await questions.claimNext(shop, id, lease('b', 5), signal)).toEqual({ outcome: 'busy', until: at(10) })
      await questions.renew(shop, id, { holder: 'a', until: at(15) }, signal)
      expect((await questions.claimNext(shop, id, lease('b', 12), signal)).outcome).toBe('busy')
      expect(await questions.claimNext(shop, id, lease('b', 15), signal)).toMatchObject({
        outcome: 'claimed',
        question: { message: first },
      })
      await questions.release(shop, id, 'a', signal)
      expect((await questions.claimNext(shop, id, lease('a', 16), signal)).outcome).toBe('busy')
      await questions.release(shop, id, 'b', signal)
      expect((await questions.claimNext(shop, id, lease('a', 17), signal)).outcome).toBe('claimed')
    })

    test('stores one answer of many, with memory and history for the next question', async () => {
      const { questions, shop, id, ask } = await started()
      const first = await ask('First')
      await questions.claimNext(shop, id, lease('a'), signal)
      const stored = await Promise.all(
        Array.from({ length: 4 }, () => questions.settle(shop, id, settlement(first, { memory: { slot: 1 } }), signal)),
      )
      expect(stored.map(({ outcome }) => outcome).toSorted()).toEqual([
        'not_needed',
        'not_needed',
        'not_needed',
        'stored',
      ])
      expect(await questions.state(shop, first, signal)).toMatchObject({
        state: 'answered',
        answer: { conversationId: id, handoff: null },
        stages: ['understanding'],
      })
      await ask('Second')
      const next = await questions.claimNext(shop, id, lease('a'), signal)
      expect(next).toMatchObject({
        outcome: 'claimed',
        question: {
          memory: { slot: 1 },
          history: [
            { role: 'shopper', text: 'First' },
            { role: 'assistant', outcome: 'answered', route: 'knowledge' },
          ],
        },
      })
    })

    test('is idle when nothing waits, which ends the holder’s hold', async () => {
      const { questions, shop, id, ask } = await started()
      await questions.settle(shop, id, settlement(await ask('First')), signal)
      expect((await questions.claimNext(shop, id, lease('a'), signal)).outcome).toBe('idle')
      await ask('Second')
      expect((await questions.claimNext(shop, id, lease('b', 1), signal)).outcome).toBe('claimed')
    })

    test('stores a hand-over with its answer, and leaves a question to the person who claimed it', async () => {
      const { questions, handoffs, shop, id, ask } = await started()
      const opened = handoff({ reason: 'conflict' })
      const first = await ask('First')
      await questions.settle(shop, id, settlement(first, { handoff: opened }), signal)
      expect(await questions.state(shop, first, signal)).toMatchObject({
        answer: {
          handoff: { id: opened.id, reason: 'conflict', status: 'waiting', expectedReplyBy: at(7200).toISOString() },
        },
      })
      await handoffs.claim(shop, opened.id, GRACE, { takeOver: false, at: noon }, signal)
      const second = await ask('Second')
      expect(await questions.claimNext(shop, id, lease('a'), signal)).toMatchObject({ question: { personHasIt: true } })
      await questions.leaveToPerson(shop, id, second, noon, signal)
      expect(await questions.state(shop, second, signal)).toMatchObject({
        state: 'silent',
        handoff: { id: opened.id, status: 'claimed' },
      })
      expect((await questions.claimNext(shop, id, lease('a'), signal)).outcome).toBe('idle')
    })

    test('numbers what happened without gaps, whoever did it', async () => {
      const { questions, conversations, handoffs, owner, shop, id, ask } = await started()
      const asked = await Promise.all(['a', 'b', 'c', 'd'].map((text) => ask(text)))
      await Promise.all(asked.map((message) => questions.settle(shop, id, settlement(message), signal)))
      await handoffs.open(owner, id, handoff(), signal)
      const events = await conversations.events(owner, id, 0, 100, signal)
      expect(events?.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
      expect((await conversations.events(owner, id, 7, 1, signal))?.map(({ sequence }) => sequence)).toEqual([8])
      expect((await conversations.transcript(owner, id, signal))?.lastEvent).toBe(9)
    })

    test('stores nothing for a question that was erased', async () => {
      const { questions, personalData, conversations, owner, shop, id, ask } = await started()
      const first = await ask('First')
      expect(await personalData.erase(owner, noon, null, signal)).toEqual({
        conversations: 1,
        messages: 1,
        handoffs: 0,
        feedback: 0,
      })
      expect(await questions.settle(shop, id, settlement(first), signal)).toEqual({ outcome: 'not_needed' })
      expect((await questions.state(shop, first, signal)).state).toBe('erased')
      expect(await conversations.transcript(owner, id, signal)).toBeNull()
    })
  })
}
