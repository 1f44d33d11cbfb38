import { expect, test } from 'vitest'
import type { HandoffMaterial } from '#db/desk/handoffs.port.ts'
import { packetOf } from './packet.ts'

const material: HandoffMaterial = {
  transcript: [],
  orders: [],
  provenOrders: [],
  identity: { customerId: null, name: null, email: null },
  locale: null,
  turns: [],
}
const said = (length: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ role: 'shopper', text: `${at}`.padEnd(length, '.'), at: `${at}` }))
const transcriptOf = (transcript: HandoffMaterial['transcript']) =>
  packetOf({ ...material, transcript }, { question: null, contact: null, reason: 'requested', run: null }).transcript

test('holds an ordinary conversation whole', () => {
  const transcript = said(200, 60)
  expect(transcriptOf(transcript)).toEqual(transcript)
})

test('holds the newest of a long one, since lists of hand-overs carry their packets', () => {
  const transcript = said(4_000, 200)
  expect(transcriptOf(transcript)).toEqual(transcript.slice(-5))
})

test('holds the newest message however long it is', () => {
  const transcript = said(50_000, 2)
  expect(transcriptOf(transcript)).toEqual(transcript.slice(-1))
})
