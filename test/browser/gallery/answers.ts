import type { Answer, Citation, HandoffNotice, OrderCard, ProductCard } from '../../../web/api-client/shapes.ts'
import type { Entry } from '../../../web/widget/chat.port.ts'

/** When the gallery is: every time shown is counted from here. */
export const NOW = '2026-07-03T08:40:00.000Z'

type AssistantEntry = Extract<Entry, { kind: 'assistant' }>

export function before(minutes: number): Date {
  return new Date(Date.parse(NOW) - minutes * 60_000)
}

export function shopper(
  key: string,
  text: string,
  minutes: number,
  state: 'queued' | 'sending' | 'sent' | 'failed' = 'sent',
): Entry {
  return { kind: 'shopper', key, text, at: before(minutes), state }
}

/** A finished answer; `more` overrules what it is made of. */
export function answered(key: string, text: string, minutes: number, more: Partial<Answer> = {}): AssistantEntry {
  return {
    kind: 'assistant',
    key,
    text,
    at: before(minutes),
    state: 'done',
    stages: [],
    answer: answer(text, more),
    feedback: null,
  }
}

export function answer(text: string, more: Partial<Answer> = {}): Answer {
  return {
    id: 'msg_1',
    conversationId: 'cnv_1',
    outcome: 'answered',
    route: 'knowledge',
    text,
    language: 'en',
    citations: [],
    products: [],
    orders: [],
    options: [],
    related: [],
    confidence: 0.94,
    gate: { threshold: 0.8, passed: true, reason: 'passed' },
    cache: 'miss',
    handoff: null,
    receipts: [],
    model: { name: 'builtin', inputTokens: 0, outputTokens: 0, costMicros: 0 },
    latencyMs: 40,
    traceId: 'trc_1',
    needs: null,
    stopped: false,
    ...more,
  } as Answer
}

export function citation(title: string, quote: string, more: Partial<Citation> = {}): Citation {
  return {
    documentId: 'policies/returns',
    chunkId: 'chk_1',
    title,
    url: 'https://larkhaven.example.com/returns',
    quote,
    updatedAt: before(30_000).toISOString(),
    language: 'en',
    state: 'current',
    field: null,
    ...more,
  } as Citation
}

export function product(title: string, amount: number, availability: string, image: ProductCard['image']): ProductCard {
  return {
    documentId: `product/${title}`,
    sku: 'KA-1',
    title,
    url: `https://larkhaven.example.com/p/${encodeURIComponent(title)}`,
    price: { amount, currency: 'EUR' },
    availability,
    asOf: before(42).toISOString(),
    image,
  } as ProductCard
}

export const order = {
  orderId: 'LH-10023',
  status: 'in_transit',
  statusText: 'On its way',
  items: [
    { sku: 'KA-DAWN', name: 'Brewick Dawn filter coffee machine', quantity: 1 },
    { sku: 'KA-FILT', name: 'Paper filters no. 4, pack of 100', quantity: 2 },
  ],
  carrier: 'Northpost',
  tracking: 'NP 4402 118 773 DE',
  lastEvent: { at: before(190).toISOString(), description: 'Left the sorting centre in Hannover' },
  expectedBy: '2026-07-04T18:00:00.000Z',
  nextExpected: { what: 'Delivery to your address', by: '2026-07-04T18:00:00.000Z' },
  asOf: before(2).toISOString(),
} as OrderCard

export function notice(more: Partial<HandoffNotice> = {}): HandoffNotice {
  return {
    id: 'hnd_1',
    reason: 'requested',
    status: 'waiting',
    expectedReplyBy: '2026-07-03T10:30:00.000Z',
    resolution: null,
    person: null,
    contact: null,
    wait: { ahead: 2, open: true, opensAt: null },
    ...more,
  } as HandoffNotice
}
