import type { AnswerSchema, HandoffNoticeSchema } from '../../src/api/contract/answer.ts'
import type { ProblemSchema } from '../../src/api/contract/endpoint.ts'
import type { MessageSchema, transcriptRoute } from '../../src/api/contract/shoppers/conversations.ts'
import type { challengeRoute, eraseMyDataRoute, exportMyDataRoute } from '../../src/api/contract/shoppers/identity.ts'
import type { openSessionRoute } from '../../src/api/contract/shoppers/sessions.ts'
import type { WidgetConfigSchema } from '../../src/api/contract/shoppers/widget-config.ts'

/** What the API sends to shoppers, read from its own contract so that the two cannot drift apart. */

type Sent<Schema extends { _output: unknown }> = Schema['_output']
type SentBy<Route, Status extends keyof Responses<Route>> = Sent<
  // biome-ignore lint/suspicious/noExplicitAny: only the schema's own output is read.
  Responses<Route>[Status] extends { content: { 'application/json': { schema: infer S extends { _output: any } } } }
    ? S
    : never
>
type Responses<Route> = Route extends { responses: infer R } ? R : never

export type Answer = Sent<typeof AnswerSchema>
export type Citation = Answer['citations'][number]
export type ProductCard = Answer['products'][number]
export type OrderCard = Answer['orders'][number]
export type Money = NonNullable<ProductCard['price']>
export type HandoffNotice = Sent<typeof HandoffNoticeSchema>
export type Message = Sent<typeof MessageSchema>
export type Feedback = NonNullable<Message['feedback']>
export type Transcript = SentBy<typeof transcriptRoute, 200>
/** What is being done for an answer, in the `progress` events of its stream. */
export type ProgressStage = 'understanding' | 'looking_up_order' | 'searching' | 'reading' | 'checking' | 'handing_over'

export type WidgetConfig = Sent<typeof WidgetConfigSchema>
export type Session = SentBy<typeof openSessionRoute, 201>
export type Challenge = SentBy<typeof challengeRoute, 202>
export type MyData = SentBy<typeof exportMyDataRoute, 200>
/** What erasing did, and when. */
export type Receipt = SentBy<typeof eraseMyDataRoute, 200>
export type Problem = Sent<typeof ProblemSchema>
