import type { DependencyState, Readiness } from '#api/readiness.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { EmbedderState } from '#model/embedder.port.ts'
import type { KnowledgeIndex } from '#rag/retrieval.port.ts'
import type { Mailer, MailState } from '#support/mail/mailer.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'

/** A database that takes longer than this to say its shop's name cannot answer questions. */
const DATABASE_WITHIN_MS = 2_000
/** A mail server is asked this often at most, since asking means connecting and signing in, and given this long. */
const MAIL_EVERY_MS = 60_000
const MAIL_WITHIN_MS = 3_000

export type ReadinessParts = {
  shop: ShopId
  shops: Shops
  index: KnowledgeIndex
  embedder: EmbedderState
  workers: () => boolean
  web: () => DependencyState
  mailer: Pick<Mailer, 'check'>
  clock: Clock
}

/** Asks every dependency of this instance. Without vectors or mail the product is limited, not down. */
export function instanceReadiness(parts: ReadinessParts): Readiness {
  const { shop, shops, index, embedder, workers, web, clock } = parts
  const mail = mailState(parts)
  return {
    async check(signal) {
      const database = await databaseState(shops, shop, clock.deadline(DATABASE_WITHIN_MS, signal))
      signal.throwIfAborted()
      const dependencies = {
        database,
        index: indexState(index, shop),
        embedder: embedderState(embedder),
        workers: workersState(workers()),
        web: web(),
        mail: await mail(signal),
      }
      return { ready: database.state === 'ready', mode: 'builtin', dependencies }
    },
  }
}

/** What was learnt is kept for a minute, also that it is down. */
function mailState({ mailer, clock }: ReadinessParts) {
  let known: { state: DependencyState; at: number } | null = null
  return async (signal: AbortSignal): Promise<DependencyState> => {
    if (known && clock.elapsed() - known.at < MAIL_EVERY_MS) return known.state
    const found = await mailer.check(clock.deadline(MAIL_WITHIN_MS, signal)).catch(() => {
      signal.throwIfAborted()
      return { state: 'down' as const, why: 'The mail server did not answer in time.' }
    })
    known = { state: dependencyOf(found), at: clock.elapsed() }
    return known.state
  }
}

function dependencyOf(mail: MailState): DependencyState {
  switch (mail.state) {
    case 'ready':
      return { state: 'ready' }
    case 'outbox':
      return { state: 'outbox', detail: 'mail becomes files in the outbox folder; PURSER_SMTP_URL sends it' }
    case 'down':
      return { state: 'down', detail: mail.why }
  }
}

async function databaseState(shops: Shops, shop: ShopId, signal: AbortSignal): Promise<DependencyState> {
  try {
    const known = await Promise.race([shops.get(shop, signal), rejectedBy(signal)])
    return known ? { state: 'ready' } : { state: 'down', detail: 'the shop is missing' }
  } catch {
    return { state: 'down', detail: 'the database does not answer' }
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_done, failed) => signal.addEventListener('abort', () => failed(signal.reason), { once: true }))
}

function indexState(index: KnowledgeIndex, shop: ShopId): DependencyState {
  const { chunks, vectors, dense } = index.state(shop)
  const detail = `${chunks} passages, ${vectors} with vectors, dense ${dense}`
  return { state: dense !== 'off' && vectors < chunks ? 'limited' : 'ready', detail }
}

function embedderState(embedder: EmbedderState): DependencyState {
  if (embedder.state === 'ready') return { state: 'ready', detail: embedder.embedder.model }
  return { state: 'off', detail: `sparse only: ${embedder.reason}` }
}

function workersState(running: boolean): DependencyState {
  return running
    ? { state: 'ready' }
    : { state: 'limited', detail: 'a worker is being started; imports wait, answers do not' }
}
