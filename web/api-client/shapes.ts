import type { AnswerSchema, HandoffNoticeSchema } from '../../src/api/contract/answer.ts'
import type { ProblemSchema } from '../../src/api/contract/endpoint.ts'
import type { MessageSchema } from '../../src/api/contract/shoppers/conversations.ts'
import type { eraseMyDataRoute, exportMyDataRoute } from '../../src/api/contract/shoppers/identity.ts'

/** What the API sends to shoppers, read from its own contract so that the two cannot drift apart. */

type Sent<Schema extends { _output: unknown }> = Schema['_output']
type With<Base, Fields> = Omit<Base, keyof Fields> & Fields
type JsonOf<Route, Status extends keyof Responses<Route>> = Sent<
  // biome-ignore lint/suspicious/noExplicitAny: only the schema's own output is read.
  Responses<Route>[Status] extends { content: { 'application/json': { schema: infer S extends { _output: any } } } }
    ? S
    : never
>
type Responses<Route> = Route extends { responses: infer R } ? R : never

export type Money = { amount: number; currency: string }

export type HandoffNotice = With<
  Sent<typeof HandoffNoticeSchema>,
  {
    status: 'waiting' | 'claimed' | 'resolved'
    resolution: null | 'resolved' | 'returned'
    person: null | { name: string }
    contact: string | null
    /** While waiting: how many wait before it, whether the shop is open now, and when it opens next. */
    wait: null | { ahead: number; open: boolean; opensAt: string | null }
  }
>
export type Citation = With<
  Sent<typeof AnswerSchema>['citations'][number],
  { language: string | null; state: 'current' | 'changed' | 'gone' }
>
export type ProductCard = With<
  Sent<typeof AnswerSchema>['products'][number],
  { image: null | { url: string; alt: string } }
>
export type OrderCard = With<
  Sent<typeof AnswerSchema>['orders'][number],
  { nextExpected: null | { what: string; by: string | null } }
>
export type Answer = With<
  Sent<typeof AnswerSchema>,
  {
    citations: Citation[]
    products: ProductCard[]
    orders: OrderCard[]
    handoff: HandoffNotice | null
    /** `order_proof`: the shopper has to prove that an order is theirs. */
    needs: null | 'order_proof'
    stopped: boolean
  }
>
export type Message = With<
  Sent<typeof MessageSchema>,
  {
    state: Sent<typeof MessageSchema>['state'] | 'stopped'
    answer: Answer | null
    /** Who wrote it, for messages of a person. */
    author: string | null
  }
>
export type Feedback = NonNullable<Sent<typeof MessageSchema>['feedback']>
export type Transcript = {
  id: string
  createdAt: string
  updatedAt: string
  messages: Message[]
  handoff: HandoffNotice | null
  /** Following from here misses and repeats nothing. */
  lastEventId: string
}
export type ProgressStage = 'understanding' | 'looking_up_order' | 'searching' | 'reading' | 'checking' | 'handing_over'

export type WidgetConfig = {
  shop: { name: string }
  assistant: { name: string }
  privacy: { version: string; notice: string; url: string | null; consent: 'none' | 'required' }
  support: { open: boolean; opensAt: string | null; timeZone: string; replyWithinMinutes: number }
  starters: string[]
  defaultLocale: string
  retentionDays: number
}
export type Session = {
  sessionId: string
  token: string
  expiresAt: string
  customer: { id: string; name: string | null } | null
}
export type Challenge = { id: string; expiresAt: string }
export type MyData = JsonOf<typeof exportMyDataRoute, 200>
/** What erasing did, and when. */
export type Receipt = JsonOf<typeof eraseMyDataRoute, 200>
export type Problem = Sent<typeof ProblemSchema>
