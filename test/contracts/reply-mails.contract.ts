import { beforeEach, describe, expect, test } from 'vitest'
import type { Readers } from '#db/desk/mail/readers.port.ts'
import type { ReplyMailId, ReplyMails } from '#db/desk/mail/reply-mails.port.ts'
import type { Owner } from '#db/support/conversations.port.ts'
import type { PersonalData } from '#db/support/personal-data.port.ts'
import type { ConversationId, HandoffId } from '#domain/ids.ts'
import { GRACE, newHandoff } from '../fixtures/handoff-builder.ts'
import type { HandoffBench } from './handoffs.contract.ts'

export type ReplyMailBench = HandoffBench & { replyMails: ReplyMails; readers: Readers; personalData: PersonalData }

const { signal } = new AbortController()
const noon = new Date('2026-03-04T12:00:00.000Z')
const at = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
let made = 0

/** What ReplyMails and Readers must do together; `open` gives each test fresh ones. Mails are due a minute after their first reply. */
export function replyMailContract(adapter: string, open: () => Promise<ReplyMailBench>) {
  let bench: ReplyMailBench
  beforeEach(async () => {
    bench = await open()
  })
  const claimed = async (contact: string | null = 'ada@shop.example') => {
    const session = await bench.session()
    const owner = { shop: session.shop, session: session.id, customer: null }
    const id = await bench.conversations.create(owner, { id: `cnv_${++made}`, creationKey: null, at: noon }, signal)
    const handoff = newHandoff(`hnd_${++made}`, noon, { contact })
    await bench.handoffs.open(owner, id, handoff, signal)
    await bench.handoffs.claim(bench.shop, handoff.id, GRACE, { takeOver: false, at: noon }, signal)
    const reply = async (text: string, seconds: number) => {
      const mail = { id: `out_${++made}`, sendAt: at(seconds + 60) }
      const said = { id: `msg_${++made}` as const, clientMessageId: text, text, mail, at: at(seconds) }
      return bench.handoffs.reply(bench.shop, handoff.id, GRACE, said, signal)
    }
    return { owner, session, id, handoff: handoff.id, reply }
  }
  const due = (seconds: number) => bench.replyMails.due(bench.shop, at(seconds), 10, signal)
  const onlyDue = async (seconds: number): Promise<ReplyMailId> => {
    const [first, ...others] = await due(seconds)
    expect(others).toEqual([])
    if (!first) throw new Error('nothing is due')
    return first.id
  }
  const take = (id: ReplyMailId, seconds: number) =>
    bench.replyMails.take(bench.shop, id, at(seconds), at(seconds + 120), signal)
  const lastChange = async (id: HandoffId) => (await bench.handoffs.get(bench.shop, id, signal))?.history.at(-1)
  const see = async (owner: Owner, id: ConversationId, text: string, seconds = 0) => {
    const messages = (await bench.conversations.transcript(owner, id, signal))?.messages ?? []
    const upTo = messages.find((message) => message.text === text)?.id ?? 'msg_none'
    return bench.readers.seen(owner, id, upTo, at(seconds), signal)
  }

  describe(`ReplyMails contract: ${adapter}`, () => {
    test('are one e-mail for all that is written within a minute', async () => {
      const { session, reply } = await claimed()
      await reply('First', 0)
      await reply('Second', 59)
      expect(await due(59)).toEqual([])
      const id = await onlyDue(60)
      expect(await take(id, 60)).toEqual({
        ...{ id, to: 'ada@shop.example', shopName: 'one', locale: 'en', session: session.id },
        replies: [
          { author: 'Grace', text: 'First' },
          { author: 'Grace', text: 'Second' },
        ],
      })
      await bench.replyMails.end(bench.shop, id, 'sent', at(61), signal)
      expect(await due(10_000)).toEqual([])
    })

    test('put what is written while one is sent into the next', async () => {
      const { reply } = await claimed()
      await reply('First', 0)
      const first = await onlyDue(60)
      await take(first, 60)
      await reply('Second', 61)
      const next = await onlyDue(121)
      expect(await take(next, 121)).toMatchObject({ replies: [{ text: 'Second' }] })
    })

    test('are taken by one of many, and by another once the first has died with it', async () => {
      const { reply } = await claimed()
      await reply('Hello', 0)
      const id = await onlyDue(60)
      const taken = await Promise.all(Array.from({ length: 8 }, () => take(id, 60)))
      expect(taken.filter(Boolean)).toHaveLength(1)
      expect(await due(179)).toEqual([])
      expect(await onlyDue(180)).toBe(id)
      expect(await take(id, 180)).toEqual(taken.find(Boolean))
    })

    test('are not needed for what the shopper was shown, and leave out what they were', async () => {
      const { owner, id, reply } = await claimed()
      await reply('Seen', 0)
      await see(owner, id, 'Seen')
      const mail = await onlyDue(60)
      expect(await take(mail, 60)).toBeNull()
      expect(await due(10_000)).toEqual([])
      await reply('Seen too', 100)
      await see(owner, id, 'Seen too')
      await reply('Not seen', 110)
      await see(owner, id, 'Seen')
      expect(await take(await onlyDue(160), 160)).toMatchObject({ replies: [{ text: 'Not seen' }] })
    })

    test('are not needed for what was seen, whatever was only sent or read; seen stays seen at its first time', async () => {
      const { owner, id, handoff, reply } = await claimed()
      for (const text of ['One', 'Two', 'Three']) await reply(text, 0)
      const seenAt = async () =>
        (await bench.handoffs.get(bench.shop, handoff, signal))?.messages.map((message) => message.seenAt)
      expect(await seenAt()).toEqual([null, null, null])
      const outcomes = [await see(owner, id, 'Two', 5), await see(owner, id, 'One', 6), await see(owner, id, 'Two', 7)]
      expect(outcomes).toEqual(Array(3).fill({ outcome: 'seen' }))
      expect(await seenAt()).toEqual([at(5), at(5), null])
      expect(await take(await onlyDue(60), 60)).toMatchObject({ replies: [{ text: 'Three' }] })
    })

    test('are needed whatever somebody else says to have seen', async () => {
      const { owner, id, reply } = await claimed()
      await reply('Hello', 0)
      const stranger = await claimed()
      expect(await see({ ...owner, session: stranger.owner.session }, id, 'Hello')).toEqual({
        outcome: 'no_conversation',
      })
      expect(await see(stranger.owner, stranger.id, 'Hello')).toEqual({ outcome: 'no_message' })
      expect(await take(await onlyDue(60), 60)).toMatchObject({ replies: [{ text: 'Hello' }] })
    })

    test.each([null, '+49 170 1234567', 'in the chat', 'a@b'])('are not sent to “%s”', async (contact) => {
      const { reply } = await claimed(contact)
      await reply('Hello', 0)
      expect(await take(await onlyDue(60), 60)).toBeNull()
      expect(await due(10_000)).toEqual([])
    })

    test('go to the address that was given after the reply', async () => {
      const { owner, id, reply } = await claimed(null)
      await reply('Hello', 0)
      const handoff = newHandoff(`hnd_${++made}`, at(5), { contact: 'late@shop.example' })
      await bench.handoffs.open(owner, id, handoff, signal)
      expect(await take(await onlyDue(60), 60)).toMatchObject({ to: 'late@shop.example' })
    })

    test('are put off, and given up when they are too old', async () => {
      const { handoff, reply } = await claimed()
      await reply('Hello', 0)
      const id = await onlyDue(60)
      await take(id, 60)
      await bench.replyMails.postpone(bench.shop, id, { at: at(60), sendAt: at(120), notBefore: at(-1) }, signal)
      expect(await due(119)).toEqual([])
      expect(await onlyDue(120)).toBe(id)
      expect(await lastChange(handoff)).toMatchObject({ change: 'replied' })
      await bench.replyMails.postpone(bench.shop, id, { at: at(120), sendAt: at(180), notBefore: at(1) }, signal)
      expect(await due(10_000)).toEqual([])
      expect(await take(id, 10_000)).toBeNull()
      expect(await lastChange(handoff)).toMatchObject({ change: 'not_emailed', by: null, at: at(120) })
    })

    test('are told in the history also when the address takes none', async () => {
      const { handoff, reply } = await claimed()
      await reply('Hello', 0)
      const id = await onlyDue(60)
      await take(id, 60)
      await bench.replyMails.end(bench.shop, id, 'refused', at(61), signal)
      expect(await lastChange(handoff)).toMatchObject({ change: 'not_emailed', by: null, at: at(61) })
    })

    test('are told in the history once they were sent', async () => {
      const { handoff, reply } = await claimed()
      await reply('Hello', 0)
      const id = await onlyDue(60)
      await take(id, 60)
      await bench.replyMails.end(bench.shop, id, 'sent', at(61), signal)
      await bench.replyMails.end(bench.shop, id, 'sent', at(62), signal)
      const found = await bench.handoffs.get(bench.shop, handoff, signal)
      expect(found?.history.map(({ change }) => change)).toEqual(['opened', 'claimed', 'replied', 'emailed'])
    })

    test('are gone when the shopper has everything erased', async () => {
      const { owner, id, reply } = await claimed()
      await reply('Hello', 0)
      const mail = await onlyDue(60)
      expect((await bench.personalData.reachedAt(owner, signal)).addresses).toContain('ada@shop.example')
      await bench.personalData.erase(owner, at(30), null, signal)
      expect(await due(10_000)).toEqual([])
      expect(await take(mail, 60)).toBeNull()
      expect(await bench.readers.seen(owner, id, 'msg_1', at(31), signal)).toEqual({ outcome: 'no_conversation' })
    })
  })
}
