import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiKeys } from '#db/access/api-keys.port.ts'
import { Fault } from '#domain/fault.ts'
import type { KeyId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { type ApiEnv, deskCallerOf, shopOf, signalOf } from '../../caller.ts'
import { createKeyRoute, listKeysRoute, revokeKeyRoute } from '../../contract/operations/keys.ts'
import { proofOf } from '../../proof.ts'

const KEY_BYTES = 24

/** POST /v1/keys: 201 with the secret, which is shown this once. */
export function createKey(app: OpenAPIHono<ApiEnv>, apiKeys: ApiKeys, clock: Clock, ids: Ids, log: Log): void {
  app.openapi(createKeyRoute, async (context) => {
    const { scope, name } = context.req.valid('json')
    const secret = `sk_${ids.secret(KEY_BYTES)}`
    const key = { id: ids.make('key'), scope, name, createdAt: clock.now() }
    await apiKeys.create(shopOf(context), { ...key, proof: proofOf(secret) }, signalOf(context))
    log.warn({ key: key.id, scope, by: deskCallerOf(context).operator.id }, 'API key made')
    return context.json({ ...key, createdAt: key.createdAt.toISOString(), secret }, 201)
  })
}

/** GET /v1/keys, and DELETE /v1/keys/{id}: 204 also when it was revoked before, 404 when there never was one. */
export function manageKeys(app: OpenAPIHono<ApiEnv>, apiKeys: ApiKeys, clock: Clock, log: Log): void {
  app.openapi(listKeysRoute, async (context) => {
    const keys = await apiKeys.list(shopOf(context), signalOf(context))
    const items = keys.map(({ id, scope, name, createdAt, revokedAt }) => ({
      ...{ id, scope, name },
      createdAt: createdAt.toISOString(),
      revokedAt: revokedAt?.toISOString() ?? null,
    }))
    return context.json({ items, nextCursor: null }, 200)
  })

  app.openapi(revokeKeyRoute, async (context) => {
    const id = context.req.valid('param').id as KeyId
    const signal = signalOf(context)
    const revoked = await apiKeys.revoke(shopOf(context), id, clock.now(), signal)
    if (!revoked && !(await apiKeys.list(shopOf(context), signal)).some((key) => key.id === id))
      throw new Fault({ kind: 'user', status: 404, code: 'api.key.unknown', message: 'There is no such key.' })
    if (revoked) log.warn({ key: id, by: deskCallerOf(context).operator.id }, 'API key revoked')
    return context.body(null, 204)
  })
}
