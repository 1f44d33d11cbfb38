import type { WidgetConfig } from '../../../web/api-client/shapes.ts'
import type { ChatState, Entry } from '../../../web/widget/chat.port.ts'
import { answered, before, citation, notice, order, product, shopper } from './answers.ts'

const RETURNS = 'You can return most items within 30 days of delivery, free of charge.'
const RETURNS_TEXT = `${RETURNS} Opened hygiene articles are excluded.\n\nRefunds are paid to the way you paid, usually within 5 working days after the parcel arrives.`
const PICTURE = 'data:image/svg+xml,'

export const config: WidgetConfig = {
  shop: { name: 'Larkhaven' },
  assistant: { name: '' },
  privacy: {
    version: '1',
    notice: 'Larkhaven processes what you write here to answer you. Please don’t enter passwords or card numbers.',
    url: 'https://larkhaven.example.com/privacy',
    consent: 'none',
  },
  support: { open: true, opensAt: null, timeZone: 'Europe/Berlin', replyWithinMinutes: 120 },
  starters: ['Where is my order?', 'How long do I have to return something?', 'Do you deliver to Switzerland?'],
  defaultLocale: 'en',
  locale: 'en',
  retentionDays: 180,
}

export const empty: ChatState = {
  phase: 'ready',
  config,
  entries: [],
  connection: 'online',
  failure: null,
  busy: false,
  handoff: null,
  proof: { step: 'none' },
  customer: null,
  draft: '',
  unread: 0,
  begunAnew: null,
}

const cited = answered('a1', RETURNS_TEXT, 8, {
  citations: [
    citation('Returns and refunds', RETURNS),
    citation('Hygiene articles', 'Opened hygiene articles are excluded.', {
      field: { name: 'returnable', value: 'unopened only' },
      state: 'changed',
      updatedAt: before(600_000).toISOString(),
    }),
    citation('Zahlung und Erstattung', 'Erstattungen gehen auf das Zahlungsmittel, mit dem bezahlt wurde.', {
      state: 'gone',
      language: 'de',
    }),
  ],
})
const asked = shopper('s1', 'How long do I have to return something?', 9)
const conversation = [asked, cited]
const products = [
  'Brewick Dawn filter coffee machine',
  'Brewick Piccolo espresso machine',
  'Aldermoor kettle, 1.7 l, with temperature control and a very long name',
  'Tarn hand grinder',
  'Filter holder, glass',
  'Milk jug',
  'Descaler',
]
const cards = products.map((title, index) =>
  product(
    title,
    14_900 - index * 1_730,
    ['in_stock', 'low_stock', 'out_of_stock', 'preorder'][index % 4] ?? 'in_stock',
    index === 1 ? null : { url: `${index === 2 ? 'https://127.0.0.1:1/gone.png' : PICTURE}`, alt: title },
  ),
)

function assistant(
  state: 'working' | 'streaming' | 'stopped',
  text: string,
  stages: Extract<Entry, { kind: 'assistant' }>['stages'] = [],
): Entry {
  return { kind: 'assistant', key: 'a2', text, at: before(0), state, stages, answer: null, feedback: null }
}

/** Named states of the conversation, for screenshots and audits. */
export const galleryStates: Record<string, Partial<ChatState>> = {
  welcome: {},
  loading: { phase: 'loading', config: null },
  consent: { phase: 'consent', config: { ...config, privacy: { ...config.privacy, consent: 'required' } } },
  unavailable: { phase: 'unavailable', config: null, failure: { what: 'not_allowed', code: 'api.key.unknown' } },
  answered: { entries: conversation },
  working: {
    busy: true,
    entries: [
      ...conversation,
      shopper('s2', 'And where is my order LH-10023?', 0),
      assistant('working', '', ['understanding', 'looking_up_order', 'reading']),
    ],
  },
  streaming: { busy: true, entries: [asked, assistant('streaming', RETURNS)] },
  stopped: { entries: [asked, assistant('stopped', RETURNS)] },
  products: {
    entries: [
      shopper('s1', 'Which coffee machines do you have?', 3),
      answered('a1', 'These match your question.', 3, { route: 'product', products: cards }),
    ],
  },
  order: {
    entries: [
      shopper('s1', 'Where is my order?', 3),
      answered('a1', 'Your order LH-10023 is on its way. It is expected on Saturday, 4 July.', 3, {
        route: 'order',
        orders: [order],
      }),
    ],
  },
  clarify: {
    entries: [
      shopper('s1', 'How do I clean it?', 1),
      answered('a1', 'Which one do you mean?', 1, {
        outcome: 'clarify',
        options: [
          { label: 'Brewick Dawn filter coffee machine', value: 'Brewick Dawn' },
          { label: 'Brewick Piccolo espresso machine', value: 'Brewick Piccolo' },
        ],
      }),
    ],
  },
  declined: {
    entries: [
      shopper('s1', 'Can you engrave a name on a kettle?', 1),
      answered(
        'a1',
        'I found nothing about that on the shop’s pages, so I won’t guess. I looked at the product pages and at “Services”.',
        1,
        {
          outcome: 'declined',
          related: [
            { documentId: 'pages/services', title: 'Our services', url: 'https://larkhaven.example.com/services' },
            { documentId: 'product/kettle', title: 'Aldermoor kettle', url: null },
          ],
        },
      ),
    ],
  },
  proof: {
    entries: [
      shopper('s1', 'Where is my order?', 1),
      answered('a1', 'I can look that up once I know that the order is yours.', 1, { needs: 'order_proof' }),
    ],
    proof: { step: 'ask' },
  },
  code: {
    entries: [shopper('s1', 'Where is my order?', 1)],
    proof: { step: 'code', expiresAt: before(-15), refused: true },
  },
  waiting: {
    entries: [...conversation, { kind: 'handoff', key: 'h1', at: before(2), notice: notice() }],
    handoff: notice(),
  },
  closed: {
    entries: [asked, { kind: 'handoff', key: 'h1', at: before(2), notice: notice() }],
    handoff: notice({
      wait: { ahead: 4, open: false, opensAt: '2026-07-06T07:00:00.000Z' },
      expectedReplyBy: '2026-07-06T09:00:00.000Z',
      contact: 'mara@example.com',
    }),
  },
  person: {
    entries: [
      shopper('s1', 'The jug arrived broken. Can I get a new one?', 26),
      { kind: 'handoff', key: 'h1', at: before(20), notice: notice() },
      {
        kind: 'handoff',
        key: 'h2',
        at: before(12),
        notice: notice({ status: 'claimed', person: { name: 'Mara Lindqvist' } }),
      },
      {
        kind: 'person',
        key: 'p1',
        at: before(10),
        name: 'Mara Lindqvist',
        text: 'Hello! I’m sorry about the jug. I’ve asked for a replacement; the warehouse decides today.\n\nYou can follow it at https://larkhaven.example.com/account.',
      },
      shopper('s2', 'Thank you, that was quick.', 4),
    ],
    handoff: notice({ status: 'claimed', person: { name: 'Mara Lindqvist' }, wait: null }),
  },
  resolved: {
    entries: [
      asked,
      {
        kind: 'handoff',
        key: 'h1',
        at: before(2),
        notice: notice({ status: 'resolved', resolution: 'returned', wait: null }),
      },
      cited,
    ],
  },
  offline: {
    entries: [...conversation, shopper('s2', 'And if I lost the receipt?', 0, 'queued')],
    connection: 'offline',
    failure: { what: 'offline' },
  },
  reconnecting: { entries: conversation, connection: 'reconnecting' },
  failed: {
    entries: [...conversation, shopper('s2', 'And if I lost the receipt?', 0, 'failed')],
    failure: { what: 'server', retryAt: null, traceId: 'trc_0192f0c1a2b3' },
  },
  rate_limited: {
    entries: conversation,
    failure: { what: 'rate_limited', until: before(-0.5) },
    draft: 'And what about gift cards?',
  },
  long: { entries: conversation, draft: 'a'.repeat(4_012) },
}
