import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '#db/access/sessions.port.ts'
import type { HandoffStore, Person } from '#db/desk/handoffs.port.ts'
import type { ConversationStore, Owner } from '#db/support/conversations.port.ts'
import type { QuestionStore } from '#db/support/questions.port.ts'
import type { HandoffResolution } from '#domain/answer.ts'
import type { ConversationId, HandoffId, MessageId, ShopId } from '#domain/ids.ts'
import { agentAnswer } from '../fakes/scripted-agent.ts'
import { ALAN, GRACE, newHandoff } from '../fixtures/handoff-builder.ts'

export type HandoffBench = {
  shop: ShopId
  other: ShopId
  conversations: ConversationStore
  questions: QuestionStore
  handoffs: HandoffStore
  session(): Promise<Session>
}

const { signal } = new AbortController()
const noon = new Date('2026-03-04T12:00:00.000Z')
const at = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
let made = 0

/** What a HandoffStore must do; `open` gives a store with two shops, which the tests share. */
export function handoffContract(adapter: string, open: () => Promise<HandoffBench>) {
  let bench: HandoffBench
  beforeAll(async () => {
    bench = await open()
  })

  const conversation = async () => {
    const session = await bench.session()
    const owner: Owner = { shop: session.shop, session: session.id, customer: null }
    const id = await bench.conversations.create(owner, { id: `cnv_${++made}`, creationKey: null, at: noon }, signal)
    return { owner, id }
  }
  const waiting = async (changes = {}) => {
    const { owner, id } = await conversation()
    const handoff = await bench.handoffs.open(owner, id, newHandoff(`hnd_${++made}`, noon, changes), signal)
    if (!handoff) throw new Error('not opened')
    return { owner, conversation: id, id: handoff.id }
  }
  const claim = (id: HandoffId, person: Person, takeOver = false, when = noon) =>
    bench.handoffs.claim(bench.shop, id, person, { takeOver, at: when }, signal)
  const reply = (id: HandoffId, person: Person, text: string, clientMessageId = text, when = noon) => {
    const mail = { id: `out_${++made}`, sendAt: at(60) }
    const said = { id: `msg_${++made}` as MessageId, clientMessageId, text, mail, at: when }
    return bench.handoffs.reply(bench.shop, id, person, said, signal)
  }
  const close = (id: HandoffId, person: Person, resolution: HandoffResolution, note: string | null = null) =>
    bench.handoffs.close(bench.shop, id, person, { resolution, note, answerSince: at(-600), at: at(5) }, signal)
  const get = async (id: HandoffId) => {
    const found = await bench.handoffs.get(bench.shop, id, signal)
    if (!found) throw new Error('not there')
    return found
  }
  const ask = async (owner: Owner, id: ConversationId, text: string, when = noon) => {
    const message = { id: `msg_${++made}` as MessageId, clientMessageId: text, text, traceId: 'trc_1', at: when }
    const accepted = await bench.questions.accept(owner, id, message, signal)
    if (accepted.outcome !== 'accepted') throw new Error(accepted.outcome)
    return accepted.message
  }
  const next = (id: ConversationId) =>
    bench.questions.claimNext(bench.shop, id, { holder: 'a', at: noon, until: at(10) }, signal)
  const settlementOf = (question: MessageId, memory = {}) => {
    const { handoffReason, summary, suggestedReply, memory: _, trace, ...answer } = agentAnswer()
    const stored = { ...answer, id: `msg_${++made}` as MessageId, latencyMs: 5, traceId: 'trc_1' }
    return { question, answer: stored, stages: [], memory, trace: {}, handoff: null, at: noon }
  }

  describe(`HandoffStore contract: ${adapter}`, () => {
    test('joins the open one, which keeps its id and due time and takes the newest packet and contact', async () => {
      const { owner, conversation, id } = await waiting()
      const later = newHandoff(`hnd_${++made}`, at(60), { contact: 'ada@shop.example' })
      const joined = await bench.handoffs.open(owner, conversation, later, signal)
      expect(joined).toMatchObject({ id, contact: 'ada@shop.example', dueAt: at(7200) })
      const kept = newHandoff(`hnd_${++made}`, at(61), { packet: { ...later.packet, question: 'New' } })
      expect(await bench.handoffs.open(owner, conversation, kept, signal)).toMatchObject({
        id,
        contact: 'ada@shop.example',
        packet: { question: 'New', identity: { contact: 'ada@shop.example' } },
      })
      expect((await get(id)).history.map(({ change }) => change)).toEqual(['opened'])
    })

    test('is nobody’s in another shop', async () => {
      const { id } = await waiting()
      expect(await bench.handoffs.get(bench.other, id, signal)).toBeNull()
      const claimed = await bench.handoffs.claim(bench.other, id, GRACE, { takeOver: true, at: noon }, signal)
      expect(claimed.outcome).toBe('unknown')
      expect((await bench.handoffs.list(bench.other, { status: null, cursor: null, limit: 9 }, signal)).items).toEqual(
        [],
      )
    })

    test('gives one winner of 64 claims at once', async () => {
      const { id } = await waiting()
      const people = Array.from({ length: 64 }, (_, index) => ({ id: `opr_${index}`, name: `Person ${index}` }))
      const claims = await Promise.all(people.map((person) => claim(id, person)))
      const winners = people.filter((_, index) => claims[index]?.outcome === 'claimed')
      expect(winners).toHaveLength(1)
      expect(claims.filter(({ outcome }) => outcome === 'already_claimed')).toHaveLength(63)
      expect(claims.find(({ outcome }) => outcome === 'already_claimed')).toMatchObject({ by: winners[0] })
      const { claimedBy, history } = await get(id)
      expect(claimedBy).toEqual(winners[0])
      expect(history.map(({ change, by }) => [change, by?.id])).toEqual([
        ['opened', undefined],
        ['claimed', winners[0]?.id],
      ])
    })

    test('is claimed again by who has it without a change, and moved by a take-over alone', async () => {
      const { id } = await waiting()
      await claim(id, GRACE)
      expect(await claim(id, GRACE, false, at(9))).toMatchObject({ outcome: 'claimed', handoff: { claimedAt: noon } })
      expect(await claim(id, ALAN)).toMatchObject({ outcome: 'already_claimed', by: GRACE })
      expect(await claim(id, ALAN, true, at(9))).toMatchObject({
        outcome: 'claimed',
        handoff: { claimedBy: ALAN, claimedAt: at(9) },
      })
      expect((await get(id)).history.map(({ change, by, at: when }) => [change, by, when])).toEqual([
        ['opened', null, noon],
        ['claimed', GRACE, noon],
        ['taken_over', ALAN, at(9)],
      ])
      expect((await reply(id, GRACE, 'Hello')).outcome).toBe('not_claimed')
    })

    test('stores a reply once per client id, with its author, for the shopper to see', async () => {
      const { owner, conversation, id } = await waiting()
      expect(await reply(id, GRACE, 'Hello')).toMatchObject({ outcome: 'not_claimed', by: null })
      await claim(id, GRACE)
      const stored = await Promise.all(Array.from({ length: 8 }, () => reply(id, GRACE, 'Hello', 'one')))
      expect(new Set(stored.map((each) => each.outcome === 'stored' && each.message.id)).size).toBe(1)
      expect((await reply(id, GRACE, 'Other', 'one')).outcome).toBe('other_text')
      const transcript = await bench.conversations.transcript(owner, conversation, signal)
      expect(transcript?.messages).toMatchObject([
        { role: 'person', text: 'Hello', author: 'Grace', clientMessageId: 'one', state: 'sent' },
      ])
      expect(transcript?.handoff).toMatchObject({ status: 'claimed', person: { name: 'Grace' }, expectedReplyBy: null })
      expect((await get(id)).repliedAt).toEqual(noon)
      await close(id, GRACE, 'resolved')
      // The answer to a reply was lost and the hand-over closed meanwhile: it is still that reply.
      expect((await reply(id, GRACE, 'Hello', 'one')).outcome).toBe('stored')
      expect((await reply(id, GRACE, 'More')).outcome).toBe('already_resolved')
    })

    test('lets shopper and desk use the same client id', async () => {
      const { owner, conversation, id } = await waiting()
      await ask(owner, conversation, 'same')
      await claim(id, GRACE)
      expect((await reply(id, GRACE, 'Hello', 'same')).outcome).toBe('stored')
    })

    test.each(['resolved', 'returned'] as const)('is %s once, by who has it', async (resolution) => {
      const { owner, conversation, id } = await waiting()
      await claim(id, GRACE)
      expect(await close(id, ALAN, resolution)).toMatchObject({ outcome: 'already_claimed', by: GRACE })
      const closed = { outcome: 'closed', handoff: { status: 'resolved', resolution, resolvedAt: at(5) } }
      expect(await close(id, GRACE, resolution, 'was quick')).toMatchObject(closed)
      expect(await close(id, GRACE, resolution)).toMatchObject(closed)
      expect((await close(id, ALAN, resolution)).outcome).toBe('already_resolved')
      expect((await close(id, GRACE, resolution === 'resolved' ? 'returned' : 'resolved')).outcome).toBe(
        'already_resolved',
      )
      expect((await claim(id, GRACE, true)).outcome).toBe('already_resolved')
      expect((await get(id)).history.at(-1)).toEqual({ change: resolution, by: GRACE, note: 'was quick', at: at(5) })
      expect((await bench.conversations.transcript(owner, conversation, signal))?.handoff).toEqual({
        ...{ id, reason: 'requested', status: 'resolved', resolution, contact: null },
        ...{ expectedReplyBy: null, person: { name: 'Grace' }, wait: null },
      })
    })

    test('can be closed without having been claimed', async () => {
      const { id } = await waiting()
      expect(await close(id, ALAN, 'resolved')).toMatchObject({ outcome: 'closed', handoff: { claimedBy: ALAN } })
    })

    test('opens a new one after the old was closed, without anything of it', async () => {
      for (const resolution of ['resolved', 'returned'] as const) {
        const { owner, conversation, id } = await waiting({ contact: 'ada@shop.example' })
        await claim(id, GRACE)
        await close(id, GRACE, resolution)
        const again = await bench.handoffs.open(owner, conversation, newHandoff(`hnd_${++made}`, at(9)), signal)
        expect(again).toMatchObject({ status: 'waiting', claimedBy: null, contact: null, resolution: null })
        expect(again?.id).not.toBe(id)
      }
    })

    test('starts a new topic when it is resolved: neither memory nor what was said before', async () => {
      const { owner, conversation, id } = await waiting()
      await bench.questions.settle(
        bench.shop,
        conversation,
        settlementOf(await ask(owner, conversation, 'Old'), { failed: 'old' }),
        signal,
      )
      await claim(id, GRACE)
      await close(id, GRACE, 'resolved')
      await ask(owner, conversation, 'New')
      expect(await next(conversation)).toMatchObject({
        outcome: 'claimed',
        question: { text: 'New', history: [], memory: {}, personHasIt: false },
      })
    })

    test('gives what was said to the assistant when it is returned, and forgets why it gave up', async () => {
      const { owner, conversation, id } = await waiting()
      const memory = { failed: 'wool', clarified: true, question: 'wool?' }
      await bench.questions.settle(
        bench.shop,
        conversation,
        settlementOf(await ask(owner, conversation, 'Wool?'), memory),
        signal,
      )
      await claim(id, GRACE)
      await reply(id, GRACE, 'By hand, please.')
      await close(id, GRACE, 'returned')
      await ask(owner, conversation, 'And silk?')
      expect(await next(conversation)).toMatchObject({
        question: {
          memory: { question: 'wool?' },
          history: [{ text: 'Wool?' }, { role: 'assistant' }, { role: 'person', text: 'By hand, please.' }],
        },
      })
      expect((await next(conversation)) as object).not.toMatchObject({ question: { memory: { failed: 'wool' } } })
    })

    test('gives the assistant what was left without a reply when it is returned, but nothing old', async () => {
      const { owner, conversation, id } = await waiting()
      await claim(id, GRACE)
      const leave = async (text: string, when = noon) => {
        const message = await ask(owner, conversation, text, when)
        await bench.questions.leaveToPerson(bench.shop, conversation, message, noon, signal)
      }
      await leave('replied to')
      await reply(id, GRACE, 'Yes.')
      await leave('long ago', at(-3600))
      await leave('just now')
      await close(id, GRACE, 'returned')
      expect(await next(conversation)).toMatchObject({ question: { text: 'just now' } })
      const states = (await get(id)).messages.filter(({ role }) => role === 'shopper').map(({ state }) => state)
      expect(states).toEqual(['silent', 'silent', 'pending'])
    })

    test('leaves what waited in a topic that was closed before alone when a later one is returned', async () => {
      const { owner, conversation, id } = await waiting()
      await claim(id, GRACE)
      const left = await ask(owner, conversation, 'of the old topic')
      await bench.questions.leaveToPerson(bench.shop, conversation, left, noon, signal)
      await close(id, GRACE, 'resolved')
      const again = await bench.handoffs.open(owner, conversation, newHandoff(`hnd_${++made}`, noon), signal)
      await close(again?.id ?? id, GRACE, 'returned')
      expect(await next(conversation)).toEqual({ outcome: 'idle' })
    })

    test('silences an answer that was being made when a person claimed', async () => {
      const { owner, conversation, id } = await waiting()
      const question = await ask(owner, conversation, 'Hello?')
      await next(conversation)
      await claim(id, GRACE)
      expect(await bench.questions.settle(bench.shop, conversation, settlementOf(question), signal)).toEqual({
        outcome: 'not_needed',
      })
      expect(await bench.questions.state(bench.shop, question, signal)).toMatchObject({
        state: 'silent',
        handoff: { id, status: 'claimed' },
      })
      expect((await get(id)).messages.map(({ role }) => role)).toEqual(['shopper'])
    })

    test('records every transition as one event of the conversation', async () => {
      const { owner, conversation, id } = await waiting()
      await claim(id, GRACE)
      await claim(id, GRACE)
      await reply(id, GRACE, 'Hello')
      await close(id, GRACE, 'resolved')
      await close(id, GRACE, 'resolved')
      const events = await bench.conversations.events(owner, conversation, 0, 100, signal)
      expect(events?.map(({ kind }) => kind)).toEqual(['handoff', 'handoff', 'message', 'handoff', 'handoff'])
    })

    test('ends in a path of the state machine, whatever people do at the same time', async () => {
      const doing = fc.record({
        who: fc.constantFrom(GRACE, ALAN),
        what: fc.constantFrom('claim', 'take over', 'reply', 'return', 'resolve'),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(doing, { minLength: 2, maxLength: 10 }), async (doings) => {
          const { id } = await waiting()
          const work = doings.map(({ who, what }, index) => {
            if (what === 'reply') return reply(id, who, `text ${index}`)
            if (what === 'return' || what === 'resolve')
              return close(id, who, `${what}${what === 'return' ? 'ed' : 'd'}` as HandoffResolution)
            return claim(id, who, what === 'take over')
          })
          const outcomes = await Promise.all(work)
          const { history, status, messages, claimedBy } = await get(id)
          const path = history.map(({ change }) => change)
          expect(path.join(' ')).toMatch(
            /^opened( claimed( replied)?( taken_over( replied)?)*)?( (returned|resolved))?$/,
          )
          expect(path.filter((change) => change === 'replied').length).toBeLessThanOrEqual(1)
          expect(status === 'resolved').toBe(/returned|resolved/.test(path.at(-1) ?? ''))
          const taken = history.findLast(({ change }) =>
            ['claimed', 'taken_over', 'returned', 'resolved'].includes(change),
          )
          expect(claimedBy).toEqual(taken?.by ?? null)
          expect(messages.length).toBe(
            doings.filter(({ what }, index) => what === 'reply' && outcomes[index]?.outcome === 'stored').length,
          )
        }),
        { numRuns: 25 },
      )
    })

    test('is listed waiting first and soonest due first, the closed last and newest first, page by page', async () => {
      const fresh = await open()
      bench = fresh
      const ids: HandoffId[] = []
      for (const seconds of [30, 10, 20, 40, 50]) {
        const { owner, id } = await conversation()
        const opened = await fresh.handoffs.open(owner, id, newHandoff(`hnd_${++made}`, at(seconds)), signal)
        if (opened) ids.push(opened.id)
      }
      const [first, second, third, fourth, fifth] = ids as [HandoffId, HandoffId, HandoffId, HandoffId, HandoffId]
      await claim(second, GRACE)
      for (const id of [fourth, fifth]) await close(id, GRACE, 'resolved')
      const walked: string[] = []
      for (let cursor: string | null = null, pages = 0; pages === 0 || cursor; pages++) {
        const page = await fresh.handoffs.list(fresh.shop, { status: null, cursor, limit: 1 }, signal)
        walked.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect(walked).toEqual([third, first, second, fifth, fourth])
      await expect(
        fresh.handoffs.list(fresh.shop, { status: null, cursor: 'bm9uZQ', limit: 1 }, signal),
      ).rejects.toMatchObject({ code: 'db.cursor.invalid' })
    })
  })
}
