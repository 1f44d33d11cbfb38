import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { IdempotencyKey, IdempotencyStore } from '#db/access/idempotency.port.ts'
import { Fault } from '#domain/fault.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { ApiEnv, Caller } from '../caller.ts'
import { proofOf } from '../proof.ts'

const KEPT_MS = 24 * 3_600_000
/** After this a first attempt counts as dead. Should it only be slow, both reach the same effect: every covered write is one by its own ids too. */
const RUNNING_MS = 10_000
const RENEW_MS = 4_000
const ASK_AGAIN_MS = 25
const ASK_AGAIN_AT_MOST_MS = 1_000
const MOST_CHARACTERS = 255

/** `bodyHash` only for requests whose body streams past, so that it is no part of the fingerprint. */
type Stored = { contentType: string | null; body: string; bodyHash?: string }

/**
 * Honours `Idempotency-Key` where the contract says so: one effect and one response per caller and key for 24 h, across
 * processes and restarts. Responses are stored encrypted under the caller's own secret, which we do not store, since a
 * response may hold a new key. Throws Fault user `idempotency_mismatch` (409) and `api.idempotency_key.invalid` (400).
 */
export function idempotent(store: IdempotencyStore, clock: Clock, ids: Ids): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const header = context.req.header('idempotency-key')
    const shop = shopOf(context.get('caller'))
    if (header === undefined || !context.get('endpoint').guard.idempotent || !shop) return next()
    // An event stream is resumed by its own means; there is no whole response to keep.
    if (context.req.header('accept')?.includes('text/event-stream')) return next()
    if (header.length === 0 || header.length > MOST_CHARACTERS)
      throw new Fault({
        kind: 'user',
        code: 'api.idempotency_key.invalid',
        message: `An Idempotency-Key has 1 to ${MOST_CHARACTERS} characters.`,
        status: 400,
      })
    const { signal } = context.req.raw
    const key: IdempotencyKey = { ...shop, proof: proofOf(header) }
    const fingerprint = await fingerprintOf(context.req)
    const lock = lockFor(context.get('secret'), header)
    const attempt = (at: Date) => ({
      fingerprint,
      at,
      runningUntil: later(at, RUNNING_MS),
      expiresAt: later(at, KEPT_MS),
    })
    for (let wait = ASK_AGAIN_MS; ; wait = Math.min(wait * 2, ASK_AGAIN_AT_MOST_MS)) {
      const claim = await store.claim(key, attempt(clock.now()), signal)
      if (claim.outcome === 'mismatch') throw mismatch()
      if (claim.outcome === 'done') {
        const stored = readJson(open(lock, claim.response)) as Stored
        if (stored.bodyHash !== undefined && stored.bodyHash !== (await hashOf(context.req.raw.body))) throw mismatch()
        return replay(claim.status, stored)
      }
      if (claim.outcome === 'yours') break
      await clock.sleep(wait, signal)
    }
    // From here on the client may go away: what was done has to be remembered.
    const kept = new AbortController().signal
    const finished = new AbortController()
    void keepAlive(key, finished.signal)
    await next().finally(() => finished.abort())
    const { status } = context.res
    if (context.error || status >= 500 || status === 408 || status === 429) return store.drop(key, kept)
    const bodyHash = context.get('bodyHash')
    const stored: Stored = {
      contentType: context.res.headers.get('content-type'),
      body: await context.res.clone().text(),
      ...(bodyHash === undefined ? {} : { bodyHash }),
    }
    await store.finish(key, { status, response: seal(lock, JSON.stringify(stored), ids) }, kept)
  }

  /** An upload may take longer than an attempt counts as alive by itself. */
  async function keepAlive(key: IdempotencyKey, finished: AbortSignal): Promise<void> {
    while (!finished.aborted) {
      await clock.sleep(RENEW_MS, finished).catch(() => {})
      if (!finished.aborted) await store.renew(key, later(clock.now(), RUNNING_MS), finished).catch(() => {})
    }
  }
}

/** For bodies that stream: the second one is read to its end to tell whether it is the first. */
async function hashOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of body ?? []) hash.update(chunk)
  return hash.digest('hex')
}

function mismatch(): Fault {
  return new Fault({
    kind: 'user',
    code: 'idempotency_mismatch',
    message: 'This Idempotency-Key was used for another request.',
    status: 409,
  })
}

function shopOf(caller: Caller): Pick<IdempotencyKey, 'shop' | 'caller'> | null {
  if (caller.kind === 'shopper') return { shop: caller.session.shop, caller: caller.session.id }
  // The session, not the operator: responses are sealed with the secret of the caller, and each session has its own.
  if (caller.kind === 'operator') return { shop: caller.operator.shop, caller: caller.session.id }
  return caller.kind === 'machine' ? { shop: caller.key.shop, caller: caller.key.id } : null
}

async function fingerprintOf(request: {
  method: string
  path: string
  url: string
  text(): Promise<string>
  bodyCache: { text?: unknown }
}): Promise<string> {
  const body = request.bodyCache.text ? await request.text() : ''
  return createHash('sha256')
    .update(`${request.method}\n${new URL(request.url).pathname}${new URL(request.url).search}\n${body}`)
    .digest('hex')
}

function replay(status: number, { contentType, body }: Stored): Response {
  const headers = new Headers({ 'idempotent-replayed': 'true' })
  if (contentType) headers.set('content-type', contentType)
  return new Response(status === 204 ? null : body, { status, headers })
}

/** AES-256-GCM with a random 96-bit nonce in front and the tag behind. Source: NIST SP 800-38D. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

function lockFor(secret: string, header: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, header, 'purser idempotent response', 32))
}

function seal(lock: Buffer, text: string, ids: Ids): Buffer {
  const nonce = Buffer.from(ids.secret(NONCE_BYTES), 'base64url')
  const cipher = createCipheriv('aes-256-gcm', lock, nonce)
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

function open(lock: Buffer, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', lock, bytes.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}
