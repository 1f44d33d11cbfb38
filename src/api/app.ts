import { OpenAPIHono } from '@hono/zod-openapi'
import { trimTrailingSlash } from 'hono/trailing-slash'
import type { ApiKeys } from '#db/access/api-keys.port.ts'
import type { IdempotencyStore } from '#db/access/idempotency.port.ts'
import type { OperatorSessions } from '#db/access/operators/operator-sessions.port.ts'
import type { Operators } from '#db/access/operators/operators.port.ts'
import type { PublicKeys } from '#db/access/public-keys.port.ts'
import type { Sessions } from '#db/access/sessions.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { FreshnessReport } from '#db/reports/freshness.port.ts'
import type { RatingReport } from '#db/reports/ratings.port.ts'
import type { PersonalData } from '#db/support/personal-data.port.ts'
import type { Documents } from '#ingest/documents.port.ts'
import type { Events } from '#ingest/events/events.port.ts'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import type { Imports } from '#ingest/imports.port.ts'
import type { ShopSources } from '#ingest/sync/shop-sources.port.ts'
import type { VectorBackfill } from '#ingest/vector-backfill.port.ts'
import type { Retrieval } from '#rag/retrieval.port.ts'
import type { Conversations } from '#support/conversations.port.ts'
import type { Desk } from '#support/desk/desk.port.ts'
import type { Gaps } from '#support/gaps/gaps.port.ts'
import type { Identity } from '#support/identity.port.ts'
import type { Previews } from '#support/preview/preview.port.ts'
import type { Questions } from '#support/questions.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Metrics } from '#telemetry/metrics.port.ts'
import type { ApiEnv } from './caller.ts'
import type { Endpoint } from './contract/endpoint.ts'
import { ENDPOINTS } from './contract/endpoints.ts'
import { authenticated } from './middleware/authenticated.ts'
import { jsonBody } from './middleware/body.ts'
import { crossOrigin } from './middleware/cors.ts'
import { faults } from './middleware/faults.ts'
import { safeHeaders } from './middleware/headers.ts'
import { idempotent } from './middleware/idempotent.ts'
import { matched } from './middleware/matched.ts'
import { observed } from './middleware/observed.ts'
import { rateLimited } from './middleware/rate-limited.ts'
import { rememberedKeys } from './middleware/remembered-keys.ts'
import type { Pages } from './pages.port.ts'
import { invalidRequest } from './problem.ts'
import type { Readiness } from './readiness.port.ts'
import { eventRoutes } from './routes/events/events.ts'
import { sourceRoutes } from './routes/events/sources.ts'
import { type ExceptionPorts, exceptionRoutes } from './routes/exceptions/exception-routes.ts'
import { documentRoutes } from './routes/knowledge/documents.ts'
import { knowledgeFindings } from './routes/knowledge/findings.ts'
import { knowledgeGaps, knowledgePreview } from './routes/knowledge/gaps.ts'
import { importRoutes } from './routes/knowledge/imports.ts'
import { knowledgeFreshness, searchPassages } from './routes/knowledge/search.ts'
import { listFeedback } from './routes/operations/feedback.ts'
import { handoffRoutes } from './routes/operations/handoffs.ts'
import { createKey, manageKeys } from './routes/operations/keys.ts'
import { deskLive } from './routes/operations/live.ts'
import { operatorRoutes, operatorSessionRoutes } from './routes/operations/operators.ts'
import { shopSettings } from './routes/operations/shop.ts'
import { pageRoutes } from './routes/pages.ts'
import { conversationRoutes } from './routes/shoppers/conversations.ts'
import { identityRoutes } from './routes/shoppers/identity.ts'
import { askQuestion } from './routes/shoppers/messages.ts'
import { myData } from './routes/shoppers/my-data.ts'
import { openSession } from './routes/shoppers/sessions.ts'
import { widgetConfig } from './routes/shoppers/widget-config.ts'
import { systemRoutes } from './routes/system.ts'
import type { ApiSettings } from './settings.ts'

export type ApiPorts = {
  publicKeys: PublicKeys
  shops: Shops
  sessions: Sessions
  apiKeys: ApiKeys
  operators: Operators
  operatorSessions: OperatorSessions
  idempotency: IdempotencyStore
  conversations: Conversations
  questions: Questions
  identity: Identity
  personalData: PersonalData
  desk: Desk
  documents: Documents
  imports: Imports
  freshness: FreshnessReport
  /** None without an embedder. */
  vectors?: Pick<VectorBackfill, 'progress'> | null
  findings: Pick<ContentFindings, 'list' | 'canonicalOf' | 'attributes'>
  events: Events
  sources: Omit<ShopSources, 'syncDue'>
  gaps: Gaps
  previews: Previews
  exceptions: ExceptionPorts
  ratings: RatingReport
  retrieval: Retrieval
  readiness: Readiness
  pages: Pages
  metrics: Metrics
  clock: Clock
  ids: Ids
  log: Log
}

/**
 * The HTTP contract over its ports: `fetch(request, env)` serves it. Every request passes the same line of middleware, which
 * goes by the endpoint's own contract. `lifetime` ends open event streams when the server stops.
 */
export function purserApi(ports: ApiPorts, settings: ApiSettings, lifetime: AbortSignal): OpenAPIHono<ApiEnv> {
  const { clock, ids, log, metrics } = ports
  const apiKeys = rememberedKeys(ports.apiKeys, clock)
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error.issues, result.target)
    },
  })
  app.onError(faults(log))
  // People write `/demo/`; nothing of ours ends so.
  for (const path of ['/demo/*', '/console/*']) app.use(path, trimTrailingSlash())
  app.use(observed(clock, ids, metrics, log))
  app.use(safeHeaders())
  app.use(crossOrigin(ports.publicKeys, settings, clock))
  app.use(matched(ENDPOINTS as readonly Endpoint[]))
  app.use(authenticated({ ...ports, apiKeys }, settings))
  app.use(rateLimited(settings))
  app.use(jsonBody(settings, clock))
  app.use(idempotent(ports.idempotency, clock, ids))

  const stream = { heartbeatMs: settings.heartbeatMs, clock }
  widgetConfig(app, ports, settings)
  openSession(app, ports, settings)
  conversationRoutes(app, ports.conversations, stream, lifetime)
  askQuestion(app, ports.questions, stream, lifetime)
  identityRoutes(app, ports.identity, settings)
  myData(app, ports.personalData, clock)
  documentRoutes(app, ports.documents, ports.findings)
  importRoutes(app, ports.imports, clock)
  searchPassages(app, ports.retrieval, clock)
  knowledgeFreshness(app, ports)
  knowledgeFindings(app, ports.findings)
  knowledgeGaps(app, ports.gaps)
  knowledgePreview(app, ports.previews)
  eventRoutes(app, ports.events)
  sourceRoutes(app, ports.sources)
  exceptionRoutes(app, ports.exceptions, clock)
  listFeedback(app, ports.ratings)
  createKey(app, apiKeys, clock, ids, log)
  manageKeys(app, apiKeys, clock, log)
  handoffRoutes(app, ports.desk)
  deskLive(app, ports.desk, stream, lifetime)
  operatorSessionRoutes(app, ports, settings)
  operatorRoutes(app, ports, settings)
  shopSettings(app, ports.shops)
  systemRoutes(app, ports.readiness, metrics)
  pageRoutes(app, ports.pages, settings, clock)
  return app
}
