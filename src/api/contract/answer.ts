import { z } from '@hono/zod-openapi'
import { Instant, MoneySchema } from './endpoint.ts'

export const HandoffReasonSchema = z.enum([
  'low_confidence',
  'frustration',
  'out_of_scope',
  'requested',
  'policy_exception',
  'conflict',
  'failure',
])

export const HandoffNoticeSchema = z
  .object({
    id: z.string(),
    reason: HandoffReasonSchema,
    status: z.enum(['waiting', 'claimed', 'resolved']),
    expectedReplyBy: Instant.nullable().openapi({
      description: 'By the shop’s opening hours and the queue; null once a person has replied or it is closed.',
    }),
    resolution: z
      .enum(['resolved', 'returned'])
      .nullable()
      .openapi({ description: 'returned: the assistant answers again.' }),
    person: z
      .object({ name: z.string() })
      .nullable()
      .openapi({ description: 'Who has it, or had it when it was closed.' }),
    contact: z.string().nullable(),
    wait: z
      .object({ ahead: z.int(), open: z.boolean(), opensAt: Instant.nullable() })
      .nullable()
      .openapi({ description: 'While waiting: how many wait before it, and whether the shop is open.' }),
  })
  .openapi('HandoffNotice')

export const CitationSchema = z
  .object({
    documentId: z.string(),
    chunkId: z.string(),
    title: z.string(),
    url: z.string().nullable(),
    quote: z.string().openapi({ description: 'Stands word for word in the cited document.' }),
    updatedAt: z.string(),
    language: z.string().nullable().openapi({ description: 'BCP 47 of the passage.' }),
    state: z.enum(['current', 'changed', 'gone']).openapi({
      description:
        'As of now: changed when the document no longer holds the passage, gone when the document is no longer published.',
    }),
    field: z.object({ name: z.string(), value: z.string() }).nullable().openapi({
      description: 'The typed field of the document that says it, where its text does not.',
    }),
  })
  .openapi('Citation')

const ProductCardSchema = z
  .object({
    documentId: z.string(),
    sku: z.string().nullable(),
    title: z.string(),
    url: z.string().nullable(),
    price: MoneySchema.nullable(),
    availability: z.string().nullable(),
    image: z.object({ url: z.string(), alt: z.string().nullable() }).nullable(),
    asOf: z.string(),
  })
  .openapi('ProductCard')

const OrderCaseSchema = z
  .object({
    id: z.string(),
    what: z.string(),
    state: z
      .enum(['investigating', 'requested', 'agreed', 'waiting', 'with_person', 'declined', 'done', 'closed'])
      .openapi({
        description:
          '`requested`: asked for, nobody has agreed yet; `agreed`: being carried out; `done`: carried out, with its receipt in `text`; `declined`: a person did not agree; `closed`: over, and nothing was changed.',
      }),
    stateText: z.string().openapi({ description: '`state` in the answer’s language.' }),
    text: z.string(),
    decidedBy: z.string().nullable().openapi({ description: 'By when it is decided; null once it is.' }),
  })
  .openapi('OrderCase')

export const OrderCardSchema = z
  .object({
    orderId: z.string(),
    status: z.string(),
    statusText: z.string(),
    items: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int() })),
    carrier: z.string().nullable(),
    tracking: z.string().nullable(),
    lastEvent: z.object({ at: z.string(), description: z.string() }).nullable(),
    expectedBy: z.string().nullable(),
    nextExpected: z
      .object({ what: z.string(), by: z.string().nullable() })
      .nullable()
      .openapi({ description: 'In the answer’s language; null when nothing is awaited.' }),
    cases: z
      .array(OrderCaseSchema)
      .openapi({ description: 'What was asked for or went wrong with the order, newest change first.' }),
    asOf: z.string(),
  })
  .openapi('OrderCard')

export const AnswerSchema = z
  .object({
    id: z.string(),
    conversationId: z.string(),
    outcome: z.enum(['answered', 'clarify', 'handed_off', 'declined']),
    route: z.enum(['knowledge', 'product', 'order', 'smalltalk', 'person']),
    text: z
      .string()
      .openapi({ description: 'Empty when a person has the conversation and the assistant stays silent.' }),
    language: z.string(),
    citations: z.array(CitationSchema),
    products: z.array(ProductCardSchema).max(5),
    orders: z.array(OrderCardSchema),
    options: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .openapi({ description: 'Choices of a question back; `value` sent as the next message gets the answer.' }),
    related: z
      .array(z.object({ documentId: z.string(), title: z.string(), url: z.string().nullable() }))
      .max(3)
      .openapi({ description: 'Pages near to a question that was not answered.' }),
    needs: z.enum(['order_proof']).nullable().openapi({
      description: 'order_proof: the shopper has to prove that the order is theirs (POST /v1/identity/challenges).',
    }),
    stopped: z.boolean().openapi({
      description: 'The shopper stopped it: `text` is what had been sent by then, and `outcome` says nothing.',
    }),
    confidence: z.number(),
    gate: z.object({ threshold: z.number(), passed: z.boolean(), reason: z.string() }),
    cache: z.enum(['hit', 'miss', 'bypass']),
    handoff: HandoffNoticeSchema.nullable(),
    receipts: z.array(z.object({ tool: z.string(), subject: z.string(), at: z.string() })),
    model: z.object({ name: z.string(), inputTokens: z.number(), outputTokens: z.number(), costMicros: z.number() }),
    latencyMs: z.number(),
    traceId: z.string(),
  })
  .openapi('Answer', {
    example: {
      id: 'msg_0192f0c1a2b4',
      conversationId: 'cnv_0192f0c1a2b3',
      outcome: 'answered',
      route: 'knowledge',
      text: 'You can return items within 30 days of delivery.',
      language: 'en',
      citations: [
        {
          documentId: 'policies/returns',
          chunkId: 'chk_0192f0c1a2b5',
          title: 'Returns',
          url: 'https://shop.example/returns',
          quote: 'You can return items within 30 days of delivery.',
          updatedAt: '2026-01-31T09:30:00.000Z',
          language: 'en',
          state: 'current',
          field: null,
        },
      ],
      products: [],
      orders: [],
      options: [],
      related: [],
      needs: null,
      stopped: false,
      confidence: 0.93,
      gate: { threshold: 0.8, passed: true, reason: 'passed' },
      cache: 'miss',
      handoff: null,
      receipts: [],
      model: { name: 'builtin', inputTokens: 0, outputTokens: 0, costMicros: 0 },
      latencyMs: 21,
      traceId: 'trc_0192f0c1a2b3',
    },
  })
