import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Policies, PolicyVersion } from '#approvals/policy.port.ts'
import { Fault } from '#domain/fault.ts'
import { type ApiEnv, actorOf, notFound, shopOf, signalOf } from '../../caller.ts'
import {
  getPolicyRoute,
  policyVersionsRoute,
  putPolicyRoute,
  replayPolicyRoute,
  rollBackPolicyRoute,
} from '../../contract/exceptions/policy.ts'

/** /v1/policy: who decides what, in versions. */
export function policyRoutes(app: OpenAPIHono<ApiEnv>, policies: Policies): void {
  app.openapi(getPolicyRoute, async (context) => {
    const { version } = context.req.valid('query')
    const shop = shopOf(context)
    const found =
      version === undefined
        ? await policies.current(shop, signalOf(context))
        : await policies.version(shop, version, signalOf(context))
    if (!found) throw notFound('policy')
    return context.json({ ...found.policy }, 200, { etag: etagOf(found) })
  })

  app.openapi(putPolicyRoute, async (context) => {
    const ifMatch = readMatch(context.req.header('if-match'))
    const { note = null } = context.req.valid('query')
    const policy = policies.read(context.req.valid('json'))
    const change = { policy, ifMatch, by: actorOf(context), note }
    const { outcome, version } = await policies.put(shopOf(context), change, signalOf(context))
    if (outcome === 'moved') throw moved()
    return context.json({ ...version.policy }, 200, { etag: etagOf(version) })
  })

  app.openapi(policyVersionsRoute, async (context) => {
    const items = await policies.versions(shopOf(context), 100, signalOf(context))
    return context.json({ items: items.map(versionBody) }, 200)
  })

  app.openapi(rollBackPolicyRoute, async (context) => {
    const { version } = context.req.valid('json')
    const stored = await policies.rollBack(shopOf(context), version, actorOf(context), signalOf(context))
    if (!stored) throw notFound('policy')
    return context.json(versionBody(stored), 200)
  })

  app.openapi(replayPolicyRoute, async (context) => {
    const { policy, days } = context.req.valid('json')
    const replay = await policies.replay(shopOf(context), policies.read(policy), days, signalOf(context))
    const changes = replay.changes.map(({ proposal: _, at, ...change }) => ({ ...change, at: at.toISOString() }))
    return context.json({ ...replay, changes }, 200)
  })
}

function versionBody({ version, by, note, at, rolledBackTo }: Omit<PolicyVersion, 'policy'>) {
  return { version, by, note, at: at.toISOString(), rolledBackTo }
}

function etagOf({ version }: PolicyVersion): string {
  return `"${version}"`
}

function readMatch(given: string | undefined): number {
  if (!given)
    throw new Fault({
      kind: 'user',
      status: 428,
      code: 'api.policy.if_match_missing',
      message: 'Send the ETag of the policy you read as If-Match.',
    })
  const version = /^"(\d{1,9})"$/.exec(given.trim())?.[1]
  if (version === undefined) throw moved()
  return Number(version)
}

function moved(): Fault {
  return new Fault({
    kind: 'user',
    status: 412,
    code: 'api.policy.changed',
    message: 'Somebody changed the policy since you read it. Read it again.',
  })
}
