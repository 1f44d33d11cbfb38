import { cpus } from 'node:os'
import { purserApi } from '#api/app.ts'
import { defaultSettings } from '#api/settings.ts'
import type { Config } from '#config.ts'
import { postgresApiKeys } from '#db/access/api-keys.postgres.ts'
import { postgresIdempotency } from '#db/access/idempotency.postgres.ts'
import { postgresOperatorSessions } from '#db/access/operators/operator-sessions.postgres.ts'
import { postgresOperators } from '#db/access/operators/operators.postgres.ts'
import { postgresPublicKeys } from '#db/access/public-keys.postgres.ts'
import { postgresSessions } from '#db/access/sessions.postgres.ts'
import { postgresShops } from '#db/access/shops.postgres.ts'
import { postgresLeftWork } from '#db/background/left-work.postgres.ts'
import { postgresWorldStore } from '#db/commerce/world-store.postgres.ts'
import { openDatabase } from '#db/database.ts'
import { refuseIfTaken, startEmbeddedPostgres } from '#db/embedded/embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import { postgresNotifications } from '#db/notifications.postgres.ts'
import { postgresFreshness } from '#db/reports/freshness.postgres.ts'
import { postgresRatings } from '#db/reports/ratings.postgres.ts'
import { onnxEmbedder } from '#model/embedder.onnx.ts'
import { previews } from '#support/preview/preview.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { jsonLog } from '#telemetry/log.ts'
import { prometheusMetrics } from '#telemetry/metrics.ts'
import { closing } from './closing.ts'
import { composeAnswering } from './compose/answering.ts'
import { startDesk } from './compose/desk.ts'
import { startEvents } from './compose/events.ts'
import { composeOperations } from './compose/exceptions/operations.ts'
import { startExceptions } from './compose/exceptions/start.ts'
import { startFindings } from './compose/findings.ts'
import { composeGaps } from './compose/gaps.ts'
import { startCaretakers } from './compose/housekeeping.ts'
import { composeKnowledge } from './compose/knowledge.ts'
import { composeMail } from './compose/mail.ts'
import { ensureOwner } from './compose/owner.ts'
import { composePages } from './compose/pages.ts'
import { startSources } from './compose/sources.ts'
import { composeSupport } from './compose/support.ts'
import { DEFAULT_SHOP, ensureShop } from './demo-shop.ts'
import { openServer } from './http-server.ts'
import { ensureKeys } from './keys.ts'
import { instanceReadiness } from './readiness.ts'
import { registerKeys } from './register-keys.ts'
import { demoShopFolder, shippedModelFolder, webFolder } from './shipped-files.ts'
import { buildBundles } from './web/bundles.ts'

/** Connections of requests and jobs together; the server allows 60. */
const CONNECTIONS = 24

/** A running instance. */
export type Purser = {
  url: string
  shopName: string
  outboxFolder: string
  /** A fresh link that signs the owner in once, within 24 h; null when the owner was removed. */
  ownerLink(signal: AbortSignal): Promise<string | null>
  /** Resolves with the reason when the instance cannot go on. */
  failed: Promise<Error>
  /** Stops everything in order; an aborted signal hurries. Never throws. */
  close(signal: AbortSignal): Promise<void>
}

/**
 * Starts everything on the embedded profile: PostgreSQL, migrations, the shop, index, workers and the API. Ends what it had
 * started when a later part fails or `signal` aborts. Throws Faults that say what to do.
 */
export async function startPurser(config: Config, signal: AbortSignal): Promise<Purser> {
  const log = jsonLog(config.PURSER_LOG_LEVEL)
  const parts = closing(log)
  const lifetime = new AbortController()
  const close = async (hurry: AbortSignal) => {
    lifetime.abort(new Error('Purser is stopping'))
    await parts.close(hurry)
  }
  try {
    return await start(config, log, parts, lifetime.signal, close, signal)
  } catch (error) {
    await close(new AbortController().signal)
    throw error
  }
}

async function start(
  config: Config,
  log: ReturnType<typeof jsonLog>,
  parts: ReturnType<typeof closing>,
  lifetime: AbortSignal,
  close: Purser['close'],
  signal: AbortSignal,
): Promise<Purser> {
  const clock = systemClock()
  const ids = randomIds(clock)
  const metrics = prometheusMetrics()
  const failure = Promise.withResolvers<Error>()
  // Before the port: a second start with the same settings shall hear of the first, not of a port in use.
  refuseIfTaken(config.PURSER_DATA)
  const server = await openServer(config.PURSER_HOST, config.PORT, signal)
  parts.add('server', (hurry) => server.close(hurry))
  const loading = onnxEmbedder(
    { folder: config.MODEL_DIR ?? shippedModelFolder(), threads: Math.min(2, cpus().length), log, clock },
    signal,
  )
  const bundling = buildBundles(webFolder(), signal)

  const postgres = await startEmbeddedPostgres(
    { dataFolder: config.PURSER_DATA, clock, ids, log, onLost: failure.resolve },
    signal,
  )
  parts.add('postgres', (hurry) => postgres.stop(hurry))
  const { connection } = postgres
  await migrate(connection, signal)
  const database = openDatabase(connection, CONNECTIONS, log)
  parts.add('database', () => database.destroy())
  const notifications = await postgresNotifications(connection, clock, log, signal)
  parts.add('notifications', (hurry) => notifications.close(hurry))
  const embedder = await loading
  if (embedder.state === 'ready') parts.add('embedder', (hurry) => embedder.embedder.close(hurry))

  const knowledge = await composeKnowledge(
    { database, connection, notifications, embedder, config, clock, ids, log, closing: parts },
    signal,
  )
  const shops = postgresShops(database)
  const shop = await ensureShop(
    {
      shops,
      documents: knowledge.store,
      vectors: knowledge.vectors,
      worlds: postgresWorldStore(database),
      model: knowledge.model,
    },
    config.PURSER_DEMO,
    demoShopFolder(),
    clock.now(),
    signal,
  )
  const keys = await ensureKeys(config.PURSER_DATA, ids, signal)
  const access = {
    publicKeys: postgresPublicKeys(database),
    apiKeys: postgresApiKeys(database),
    sessions: postgresSessions(database),
    operators: postgresOperators(database),
    operatorSessions: postgresOperatorSessions(database),
  }
  await registerKeys(access, DEFAULT_SHOP, keys, config.PURSER_ALLOWED_ORIGINS, clock.now(), signal)
  // Nobody else serves this data folder, so whoever still seems to be at work died.
  const left = postgresLeftWork(database)
  for (const { id } of await shops.list(signal)) await left.releaseHolds(id, clock.now(), signal)
  await knowledge.index.start(signal)

  const mail = composeMail(config, clock)
  const operations = await composeOperations({ database, connection, clock, ids, log, closing: parts }, signal)
  const answering = composeAnswering({ database, retrieval: knowledge.retrieval, embedder, ...operations, clock, log })
  const support = composeSupport(
    { database, notifications, answering, mail, clock, ids, log, closing: parts },
    lifetime,
  )
  await knowledge.jobs.start(signal)
  parts.add('jobs', (hurry) => knowledge.jobs.close(hurry))

  const events = await startEvents({ database, notifications, shops, clock, log, closing: parts }, signal)
  const { imports, queue, busy } = knowledge
  const background = { database, queue, notifications, shops, clock, ids, log, closing: parts }
  const demo = config.PURSER_DEMO ? { shop: DEFAULT_SHOP, folder: demoShopFolder() } : null
  await startExceptions(operations, { ...background, intake: events, news: answering.news, demo }, signal)
  const findings = await startFindings({ ...background, background: knowledge.background.findings, busy }, signal)
  const sources = await startSources({ ...background, imports, config }, signal)
  const idempotency = postgresIdempotency(database)
  const { pages, web } = composePages({
    bundles: await bundling,
    keys,
    shop: DEFAULT_SHOP,
    wanted: config.PURSER_DEMO,
    shops,
    documents: knowledge.store,
    world: knowledge.world,
    address: () => (config.PURSER_PUBLIC_URL ?? server.url).replace(/\/+$/, ''),
    clock,
  })
  const readiness = instanceReadiness({
    shop: DEFAULT_SHOP,
    shops,
    index: knowledge.index,
    embedder,
    workers: knowledge.workers,
    web,
    mailer: mail.mailer,
    clock,
  })
  const origins = ownOrigins(server.url, config)
  const settings = {
    ...defaultSettings(() => origins, config.PURSER_RATE_LIMITS),
    trustProxy: config.PURSER_TRUST_PROXY,
    publicUrl: () => (config.PURSER_PUBLIC_URL ?? server.url).replace(/\/+$/, ''),
  }
  const asking = previews(answering.agent, clock, ids)
  const owner = await ensureOwner({ ...access, clock, ids }, DEFAULT_SHOP, settings, signal)
  const api = purserApi(
    {
      ...access,
      ...support,
      shops,
      idempotency,
      documents: knowledge.documents,
      imports,
      freshness: postgresFreshness(database),
      vectors: knowledge.backfill,
      findings,
      events,
      sources,
      exceptions: operations,
      gaps: composeGaps(database, asking, clock),
      previews: asking,
      ratings: postgresRatings(database, clock),
      // What the fields of products say to a question shows in answers, not in what a search lists.
      retrieval: knowledge.passages,
      readiness,
      pages,
      metrics,
      clock,
      ids,
      log,
    },
    settings,
    lifetime,
  )
  server.serve((request, env) => api.fetch(request, env as never))
  await startCaretakers({ ...access, ...support, database, shops, idempotency, clock, log, closing: parts }, signal)
  await startDesk({ ...background, mailer: mail.mailer }, signal)
  await postgres.announce(server.url, signal)
  return {
    url: server.url,
    shopName: shop.name,
    outboxFolder: mail.outboxFolder,
    ownerLink: owner.signInLink,
    failed: failure.promise,
    close,
  }
}

/** The addresses our own pages are seen under: browsers call one machine by several names. */
function ownOrigins(url: string, { PURSER_PUBLIC_URL }: Config): string[] {
  const { port } = new URL(url)
  const local = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}:${port}`)
  return [url, ...local, ...(PURSER_PUBLIC_URL ? [new URL(PURSER_PUBLIC_URL).origin] : [])]
}
