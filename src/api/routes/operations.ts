import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiKeys } from '#db/access/api-keys.port.ts'
import type { Handoff, HandoffStore } from '#db/support/handoffs.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { type ApiEnv, shopOf, signalOf } from '../caller.ts'
import { createKeyRoute, listHandoffsRoute } from '../contract/operations.ts'
import { proofOf } from '../proof.ts'

const KEY_BYTES = 24

/** POST /v1/keys: 201 with the secret, which is shown this once. */
export function createKey(app: OpenAPIHono<ApiEnv>, apiKeys: ApiKeys, clock: Clock, ids: Ids): void {
  app.openapi(createKeyRoute, async (context) => {
    const { scope, name } = context.req.valid('json')
    const secret = `sk_${ids.secret(KEY_BYTES)}`
    const key = { id: ids.make('key'), scope, name, createdAt: clock.now() }
    await apiKeys.create(shopOf(context), { ...key, proof: proofOf(secret) }, signalOf(context))
    return context.json({ ...key, createdAt: key.createdAt.toISOString(), secret }, 201)
  })
}

/** GET /v1/handoffs: whom a person owes a reply, the soonest due first. */
export function listHandoffs(app: OpenAPIHono<ApiEnv>, handoffs: HandoffStore): void {
  app.openapi(listHandoffsRoute, async (context) => {
    const { status = null, cursor = null, limit } = context.req.valid('query')
    const { items, nextCursor } = await handoffs.list(shopOf(context), { status, cursor, limit }, signalOf(context))
    return context.json({ items: items.map(handoffBody), nextCursor }, 200)
  })
}

function handoffBody({ conversation, dueAt, claimedAt, resolvedAt, createdAt, ...handoff }: Handoff) {
  return {
    ...handoff,
    conversationId: conversation,
    dueAt: dueAt.toISOString(),
    claimedAt: claimedAt?.toISOString() ?? null,
    resolvedAt: resolvedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}
