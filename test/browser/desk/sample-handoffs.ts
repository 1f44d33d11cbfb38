import type { HandoffDetail } from '../../../web/api-client/desk-shapes.ts'
import type { Answer, Message, OrderCard } from '../../../web/api-client/shapes.ts'

const MINUTE = 60_000
export const ME = { id: 'opr_mira', name: 'Mira', role: 'agent' as const }

/** A hand-over as the server sends it; `dueIn` and `age` are minutes from `now`. */
export function sampleHandoff(
  now: Date,
  {
    id,
    dueIn = 60,
    age = 5,
    question = 'Where is my parcel?',
    name = null as string | null,
    ...over
  }: Partial<Omit<HandoffDetail, 'id'>> & {
    id: string
    dueIn?: number
    age?: number
    question?: string
    name?: string | null
  },
): HandoffDetail {
  const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE).toISOString()
  return {
    id,
    conversationId: `cnv_${id}`,
    reason: 'low_confidence',
    status: 'waiting',
    resolution: null,
    queue: 'support',
    dueAt: at(dueIn),
    expectedReplyBy: at(dueIn),
    wait: { ahead: 0, open: true, opensAt: null },
    contact: null,
    packet: {
      question,
      transcript: [{ role: 'shopper', text: question, at: at(-age) }],
      identity: {
        customerId: name && 'cus_1',
        name,
        email: name && `${name.split(' ')[0]?.toLowerCase()}@example.com`,
        contact: null,
      },
      locale: 'en',
      orders: [],
      provenOrders: [],
      retrieved: [],
      tried: ['understanding', 'searching', 'reading', 'checking', 'handing_over'],
      reason: 'low_confidence',
      summary: 'The shopper asks about a parcel. Nothing found was sure enough.',
      suggestedReply: null,
    },
    claimedBy: null,
    claimedById: null,
    claimedAt: null,
    repliedAt: null,
    remindedAt: null,
    escalatedAt: null,
    resolvedAt: null,
    createdAt: at(-age),
    messages: [sampleMessage({ id: `${id}_1`, role: 'shopper', text: question, at: at(-age) })],
    history: [{ change: 'opened', by: null, note: null, at: at(-age) }],
    ...over,
  }
}

export function sampleMessage(over: Partial<Message> & Pick<Message, 'id' | 'role' | 'text' | 'at'>): Message {
  return {
    state: over.role === 'shopper' ? 'answered' : 'sent',
    clientMessageId: null,
    answer: null,
    feedback: null,
    author: null,
    ...over,
  }
}

export function sampleAnswer(over: Partial<Answer>): Answer {
  return {
    id: 'msg_1',
    conversationId: 'cnv_1',
    outcome: 'answered',
    route: 'knowledge',
    text: '',
    language: 'en',
    citations: [],
    products: [],
    orders: [],
    options: [],
    confidence: 0.93,
    gate: { threshold: 0.8, passed: true, reason: 'passed' },
    cache: 'miss',
    handoff: null,
    receipts: [],
    model: { name: 'builtin', inputTokens: 0, outputTokens: 0, costMicros: 0 },
    latencyMs: 20,
    traceId: 'trc_1',
    needs: null,
    related: [],
    stopped: false,
    ...over,
  }
}

/** A desk on an ordinary afternoon: one overdue with everything known, some waiting, one mine, one of a colleague. */
export function ordinaryDesk(now: Date): HandoffDetail[] {
  const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE).toISOString()
  const order: OrderCard = {
    orderId: 'LH-20417',
    status: 'shipped',
    statusText: 'It left Hamburg on Tuesday and has not been scanned since Thursday.',
    items: [
      { sku: 'LAMP-ARC-BRASS', name: 'Arc floor lamp, brass', quantity: 1 },
      { sku: 'BULB-E27-3', name: 'E27 bulbs, warm white, set of 3', quantity: 2 },
    ],
    carrier: 'DHL',
    tracking: '00340434161094042557',
    lastEvent: { at: at(-3000), description: 'Arrived at the parcel centre Hannover' },
    expectedBy: at(-1000),
    nextExpected: { what: 'Delivery', by: at(600) },
    cases: [],
    asOf: at(-26),
  }
  const quote = 'A parcel that has not been scanned for three working days is looked for by us at the carrier.'
  const asked =
    'My lamp should have come on Thursday and the tracking has said “Hannover” for days. Is it lost? I need it on Saturday.'
  const first = sampleHandoff(now, {
    id: 'hnd_lamp',
    dueIn: -12,
    age: 74,
    name: 'Johanna Petersen',
    question: asked,
    reason: 'frustration',
    contact: 'johanna@example.com',
    escalatedAt: at(-12),
  })
  return [
    {
      ...first,
      packet: {
        ...first.packet,
        orders: [order],
        retrieved: [
          {
            documentId: 'policy/shipping.en',
            title: 'Shipping and delivery',
            url: 'https://larkhaven.example.com/shipping',
            quote,
            score: 0.81,
          },
          {
            documentId: 'faq/lost-parcel.en',
            title: 'My parcel seems to be lost',
            url: null,
            quote: null,
            score: 0.62,
          },
        ],
        tried: ['understanding', 'looking_up_order', 'searching', 'reading', 'checking', 'handing_over'],
        summary:
          'Order LH-20417 has not been scanned since Thursday and is a day late. The shopper needs it on Saturday and is annoyed.',
        suggestedReply:
          'Hello Johanna, your parcel was last scanned in Hannover on Thursday. I have asked the carrier to look for it and will write to you here by tomorrow noon.',
      },
      messages: [
        sampleMessage({ id: 'm1', role: 'shopper', text: 'How long does delivery take to Bremen?', at: at(-80) }),
        sampleMessage({
          id: 'm2',
          role: 'assistant',
          text: 'Parcels within Germany take 2–3 working days.',
          at: at(-80),
          answer: sampleAnswer({
            citations: [
              {
                documentId: 'policy/shipping.en',
                chunkId: 'chk_1',
                title: 'Shipping and delivery',
                url: 'https://larkhaven.example.com/shipping',
                quote: 'Parcels within Germany take 2–3 working days.',
                updatedAt: at(-90_000),
                language: 'en',
                state: 'changed',
                field: null,
              },
            ],
          }),
          feedback: { helpful: false, reason: 'outdated', comment: null, at: at(-79) },
        }),
        sampleMessage({ id: 'm3', role: 'shopper', text: asked, at: at(-75) }),
        sampleMessage({
          id: 'm4',
          role: 'assistant',
          text: 'I am not sure what happened to your parcel, so I have passed this on to a person, who will reply here.',
          at: at(-74),
          answer: sampleAnswer({
            outcome: 'handed_off',
            route: 'order',
            confidence: 0.41,
            gate: { threshold: 0.8, passed: false, reason: 'confidence' },
            orders: [order],
          }),
        }),
        sampleMessage({ id: 'm5', role: 'shopper', text: 'Hello? Is anybody there?', at: at(-20), state: 'silent' }),
      ],
      history: [
        { change: 'opened', by: null, note: null, at: at(-74) },
        { change: 'reminded', by: null, note: null, at: at(-30) },
        { change: 'escalated', by: null, note: null, at: at(-12) },
      ],
    },
    sampleHandoff(now, {
      id: 'hnd_bulb',
      dueIn: 9,
      age: 21,
      question: 'Can the desk be delivered to the third floor, and does somebody take the old one away?',
      reason: 'out_of_scope',
    }),
    sampleHandoff(now, {
      id: 'hnd_tent',
      dueIn: 95,
      age: 3,
      name: 'Tomasz Wójcik',
      question: 'Bitte einen Menschen',
      reason: 'requested',
    }),
    sampleHandoff(now, {
      id: 'hnd_pot',
      dueIn: 1100,
      age: 2,
      question: 'The page says 30 days for returns and the mail says 14. What is right?',
      reason: 'conflict',
    }),
    sampleHandoff(now, {
      id: 'hnd_mine',
      dueIn: 40,
      age: 35,
      name: 'Amélie Roux',
      question: 'Could I have the blanket in two parcels?',
      reason: 'policy_exception',
      status: 'claimed',
      claimedBy: ME.name,
      claimedById: ME.id,
      claimedAt: at(-10),
    }),
    sampleHandoff(now, {
      id: 'hnd_other',
      dueIn: 30,
      age: 50,
      question: 'My voucher is not taken',
      status: 'claimed',
      claimedBy: 'Oskar',
      claimedById: 'opr_oskar',
      claimedAt: at(-20),
      repliedAt: at(-15),
    }),
    sampleHandoff(now, {
      id: 'hnd_done',
      dueIn: -300,
      age: 400,
      question: 'Is the bike light waterproof?',
      status: 'resolved',
      resolution: 'resolved',
      claimedBy: 'Oskar',
      claimedById: 'opr_oskar',
      resolvedAt: at(-200),
    }),
  ]
}
