import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Handoff, HandoffDetail, Person } from '#db/desk/handoffs.port.ts'
import { Fault } from '#domain/fault.ts'
import type { HandoffId } from '#domain/ids.ts'
import type { Desk } from '#support/desk/desk.port.ts'
import { type ApiContext, type ApiEnv, deskCallerOf, notFound, otherText, signalOf } from '../../caller.ts'
import {
  claimHandoffRoute,
  getHandoffRoute,
  listHandoffsRoute,
  replyToHandoffRoute,
  resolveHandoffRoute,
  returnHandoffRoute,
} from '../../contract/operations/handoffs.ts'
import { messageBody } from '../shoppers/conversations.ts'

/** /v1/handoffs: whom a person owes a reply, and what people do about it. */
export function handoffRoutes(app: OpenAPIHono<ApiEnv>, desk: Desk): void {
  app.openapi(listHandoffsRoute, async (context) => {
    const { status = null, cursor = null, limit } = context.req.valid('query')
    const page = { status, cursor, limit }
    const { items, nextCursor } = await desk.list(deskCallerOf(context).shop, page, signalOf(context))
    return context.json({ items: items.map(handoffBody), nextCursor }, 200)
  })

  app.openapi(getHandoffRoute, async (context) => {
    const found = await desk.get(deskCallerOf(context).shop, idOf(context), signalOf(context))
    if (!found) throw notFound('handoff')
    return context.json(detailBody(found), 200)
  })

  app.openapi(claimHandoffRoute, async (context) => {
    const { shop, operator } = deskCallerOf(context)
    const { takeOver } = context.req.valid('json')
    const claimed = await desk.claim(shop, idOf(context), operator, takeOver, signalOf(context))
    if (claimed.outcome !== 'claimed') throw refused(claimed)
    return context.json(handoffBody(claimed.handoff), 200)
  })

  app.openapi(replyToHandoffRoute, async (context) => {
    const { shop, operator } = deskCallerOf(context)
    const reply = await desk.reply(shop, idOf(context), operator, context.req.valid('json'), signalOf(context))
    if (reply.outcome !== 'stored') throw refused(reply)
    return context.json(messageBody(reply.message), 200)
  })

  app.openapi(returnHandoffRoute, async (context) => {
    const { note = null } = context.req.valid('json')
    return context.json(await closed(context, 'returned', note), 200)
  })

  app.openapi(resolveHandoffRoute, async (context) => {
    const { note = null } = context.req.valid('json')
    return context.json(await closed(context, 'resolved', note), 200)
  })

  async function closed(context: ApiContext, resolution: 'returned' | 'resolved', note: string | null) {
    const { shop, operator } = deskCallerOf(context)
    const closing = { resolution, note }
    const closed = await desk.close(shop, idOf(context), operator, closing, signalOf(context))
    if (closed.outcome !== 'closed') throw refused(closed)
    return handoffBody(closed.handoff)
  }
}

type Refusal = {
  outcome: 'unknown' | 'other_text' | 'already_claimed' | 'already_resolved' | 'not_claimed'
  by?: Person | null
  handoff?: Handoff
}

const WHY = {
  already_claimed: 'Another person has this conversation.',
  already_resolved: 'This conversation is closed.',
  not_claimed: 'This conversation is not yours. Take it first.',
}

function refused({ outcome, by, handoff }: Refusal): Fault {
  if (outcome === 'unknown') return notFound('handoff')
  if (outcome === 'other_text') return otherText()
  const held = by ?? handoff?.claimedBy ?? null
  const extra = { claimedBy: held?.name ?? null, claimedById: held?.id ?? null, handoffStatus: handoff?.status }
  return new Fault({ kind: 'user', code: outcome, message: WHY[outcome], status: 409, extra })
}

function idOf(context: ApiContext): HandoffId {
  return context.req.param('id') as HandoffId
}

function detailBody({ messages, history, ...handoff }: HandoffDetail) {
  return {
    ...handoffBody(handoff),
    messages: messages.map(({ seenAt, ...message }) => ({ ...messageBody(message), seenAt: instant(seenAt) })),
    history: history.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })),
  }
}

function handoffBody(handoff: Handoff) {
  const { id, conversation, reason, status, resolution, queue, contact, packet, claimedBy, wait } = handoff
  return {
    ...{ id, conversationId: conversation, reason, status, resolution, queue, contact, packet },
    dueAt: handoff.dueAt.toISOString(),
    expectedReplyBy: instant(handoff.expectedAt),
    wait: wait && { ...wait, opensAt: instant(wait.opensAt) },
    claimedBy: claimedBy?.name ?? null,
    claimedById: claimedBy?.id ?? null,
    claimedAt: instant(handoff.claimedAt),
    repliedAt: instant(handoff.repliedAt),
    remindedAt: instant(handoff.remindedAt),
    escalatedAt: instant(handoff.escalatedAt),
    resolvedAt: instant(handoff.resolvedAt),
    createdAt: handoff.createdAt.toISOString(),
  }
}

function instant(time: Date | null): string | null {
  return time?.toISOString() ?? null
}
