import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Rating, RatingReport } from '#db/reports/ratings.port.ts'
import { type ApiEnv, shopOf, signalOf } from '../../caller.ts'
import { listFeedbackRoute } from '../../contract/operations/feedback.ts'

/** GET /v1/feedback: what shoppers thought of answers, with question, citations and versions. */
export function listFeedback(app: OpenAPIHono<ApiEnv>, ratings: RatingReport): void {
  app.openapi(listFeedbackRoute, async (context) => {
    const { helpful, cursor = null, limit } = context.req.valid('query')
    const wanted = helpful === undefined ? null : helpful === 'true'
    const { items, nextCursor } = await ratings.list(
      shopOf(context),
      { helpful: wanted, cursor, limit },
      signalOf(context),
    )
    return context.json({ items: items.map(ratingBody), nextCursor }, 200)
  })
}

function ratingBody({ message, conversation, at, question, answer, ...rating }: Rating) {
  return {
    ...rating,
    messageId: message,
    conversationId: conversation,
    at: at.toISOString(),
    question: question && { ...question, at: question.at.toISOString() },
    answer: { ...answer, at: answer.at.toISOString() },
  }
}
