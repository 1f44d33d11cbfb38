import { z } from '@hono/zod-openapi'
import { AnswerSchema, HandoffNoticeSchema } from '../answer.ts'
import { endpoint, Instant, json } from '../endpoint.ts'

const ConversationId = z.object({ id: z.string().min(1).max(100) })
const FeedbackSchema = z
  .object({ helpful: z.boolean(), reason: z.string().nullable(), comment: z.string().nullable(), at: Instant })
  .openapi('Feedback')

export const MessageSchema = z
  .object({
    id: z.string(),
    role: z.enum(['shopper', 'assistant', 'person']),
    state: z.enum(['pending', 'answered', 'silent', 'stopped', 'sent']).openapi({
      description:
        'Of a shopper’s message: pending until its answer is stored; silent when a person has the conversation; stopped when the shopper stopped its answer. Of an answer: sent, or stopped.',
    }),
    text: z.string(),
    author: z.string().nullable().openapi({ description: 'Of a person’s message: the name they show.' }),
    clientMessageId: z.string().nullable(),
    at: Instant,
    answer: AnswerSchema.nullable(),
    feedback: FeedbackSchema.nullable(),
  })
  .openapi('Message')

const TranscriptSchema = z
  .object({
    id: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    messages: z.array(MessageSchema),
    handoff: HandoffNoticeSchema.nullable(),
    lastEventId: z
      .string()
      .openapi({ description: 'For Last-Event-ID: following from here misses and repeats nothing.' }),
  })
  .openapi('Transcript')

export const openConversationRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'optional_json', idempotent: true },
  {
    method: 'post',
    path: '/v1/conversations',
    tags: ['Shoppers'],
    summary: 'Start a conversation',
    request: { body: { required: false, content: json(z.strictObject({}).openapi('ConversationRequest')) } },
    responses: {
      201: { description: 'Started', content: json(z.object({ id: z.string() }).openapi('ConversationStarted')) },
    },
  },
)

export const transcriptRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/conversations/{id}',
    tags: ['Shoppers'],
    summary: 'The transcript',
    request: { params: ConversationId },
    responses: { 200: { description: 'Everything said so far', content: json(TranscriptSchema) } },
    problems: [404],
  },
)

export const conversationEventsRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/conversations/{id}/events',
    tags: ['Shoppers'],
    summary: 'Follow a conversation',
    description:
      'Server-sent events `message` (a Message) and `handoff` (a HandoffNotice), numbered per conversation. `Last-Event-ID` resumes; without it everything from the start is sent first. Comments keep the connection alive.',
    request: { params: ConversationId, headers: z.object({ 'last-event-id': z.string().max(200).optional() }) },
    responses: { 200: { description: 'The events', content: { 'text/event-stream': { schema: z.string() } } } },
    problems: [404],
  },
)

export const seenRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'json', idempotent: false },
  {
    method: 'post',
    path: '/v1/conversations/{id}/seen',
    tags: ['Shoppers'],
    summary: 'Say what was seen',
    description:
      'For pages that show a conversation: message `upTo` and all before it are on the screen. What a person of the shop wrote and was not seen within a minute goes by e-mail, where an address is known; being sent the events or the transcript does not count. The same again, or an older message later, changes nothing.',
    request: {
      params: ConversationId,
      body: {
        required: true,
        content: json(
          z
            .strictObject({ upTo: z.string().min(1).max(100).openapi({ description: 'Id of a message.' }) })
            .openapi('SeenRequest'),
        ),
      },
    },
    responses: { 204: { description: 'Noted' } },
    problems: [404],
  },
)

export const askRoute = endpoint(
  { access: 'shopper', rate: 'messages', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/conversations/{id}/messages',
    tags: ['Shoppers'],
    summary: 'Ask',
    description:
      'The message is stored first; the same `clientMessageId` never gets a second answer, and asking again after a lost connection or a crash gives the one it has. 409 `client_message_mismatch`: that id was used with another text. With `Accept: text/event-stream`: `progress {stage}`, `delta {text}` (checked sentences; joined they are the answer’s text), `answer {…Answer}`, `error {…problem}`; `Last-Event-ID` sends exactly what is missing.',
    request: {
      params: ConversationId,
      headers: z.object({ 'last-event-id': z.string().max(200).optional() }),
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              text: z
                .string()
                .min(1)
                .max(4000)
                .refine((text) => text.trim().length > 0, 'must not be blank')
                .openapi({ description: 'Card numbers and passwords are masked before anything is stored.' }),
              clientMessageId: z.string().min(1).max(100),
            })
            .openapi('Question', {
              example: { text: 'How long do I have to return an item?', clientMessageId: '6f1c8a52-1' },
            }),
        ),
      },
    },
    responses: {
      200: {
        description: 'The answer',
        content: { 'application/json': { schema: AnswerSchema }, 'text/event-stream': { schema: z.string() } },
      },
    },
    problems: [404, 409, 410],
  },
)

export const stopRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'none', idempotent: true },
  {
    method: 'post',
    path: '/v1/conversations/{id}/messages/{clientMessageId}/cancel',
    tags: ['Shoppers'],
    summary: 'Stop an answer',
    description:
      'stopped: the question gets an answer with `stopped: true` and the text that had been sent by then, no hand-over is made, and whoever waits for it gets that. too_late: it has its answer. The same again gives the same.',
    request: {
      params: z.object({ id: z.string().min(1).max(100), clientMessageId: z.string().min(1).max(100) }),
    },
    responses: {
      200: {
        description: 'What became of it',
        content: json(z.object({ outcome: z.enum(['stopped', 'too_late']) }).openapi('Stopped')),
      },
    },
    problems: [404],
  },
)

export const askForPersonRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'optional_json', idempotent: true },
  {
    method: 'post',
    path: '/v1/conversations/{id}/handoff',
    tags: ['Shoppers'],
    summary: 'Ask for a person',
    description: 'Always granted. While one is open, the same hand-over is returned.',
    request: {
      params: ConversationId,
      body: {
        required: false,
        content: json(
          z
            .strictObject({
              reason: z.string().min(1).max(2000).optional(),
              contact: z.string().min(3).max(320).optional(),
            })
            .openapi('HandoffRequest'),
        ),
      },
    },
    responses: {
      201: { description: 'Stored; a person will reply by the time given', content: json(HandoffNoticeSchema) },
    },
    problems: [404],
  },
)

export const feedbackRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/messages/{id}/feedback',
    tags: ['Shoppers'],
    summary: 'Say whether an answer helped',
    description: 'Can be changed; the last one counts.',
    request: {
      params: z.object({ id: z.string().min(1).max(100) }),
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              helpful: z.boolean(),
              reason: z.string().min(1).max(200).optional(),
              comment: z.string().min(1).max(2000).optional(),
            })
            .openapi('FeedbackRequest'),
        ),
      },
    },
    responses: { 200: { description: 'Stored', content: json(FeedbackSchema) } },
    problems: [404],
  },
)
