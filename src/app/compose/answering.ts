import type { CaseNews } from '#agents/customer-question/claims/case-news.port.ts'
import { caseNews } from '#agents/customer-question/claims/case-news.ts'
import type { CustomerQuestion } from '#agents/customer-question/customer-question.port.ts'
import { customerQuestion } from '#agents/customer-question/customer-question.ts'
import type { Cases } from '#approvals/cases.port.ts'
import { sandboxInventorySystem } from '#commerce/sandbox/inventory-system.sandbox.ts'
import { sandboxOrderSystem } from '#commerce/sandbox/order-system.sandbox.ts'
import { postgresSandboxWorld } from '#db/commerce/sandbox-world.postgres.ts'
import type { Database } from '#db/database.ts'
import { postgresStock } from '#db/inbox/stock.postgres.ts'
import { postgresDocuments } from '#db/knowledge/documents.postgres.ts'
import type { EmbedderState } from '#model/embedder.port.ts'
import { extractiveCheck } from '#rag/claims/extractive-check.ts'
import { extractiveComposer } from '#rag/compose/extractive.ts'
import { meaning } from '#rag/compose/meaning.ts'
import { gate } from '#rag/gate/gate.ts'
import { WEIGHTS } from '#rag/gate/weights.ts'
import type { Retrieval } from '#rag/retrieval.port.ts'
import { understanding } from '#rag/understand/understanding.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { CaseLookUps } from '#tools/case-look-ups.port.ts'
import { liveAvailability } from '#tools/live-availability.ts'
import type { OrderContact } from '#tools/look-up.port.ts'
import { orderContact } from '#tools/order-contact.ts'
import { orderLookUp } from '#tools/order-look-up.ts'
import { reportException } from '#tools/report-exception.ts'
import { requestChange } from '#tools/request-change.ts'

export type Answering = { agent: CustomerQuestion; contacts: OrderContact; news: CaseNews }

export type AnsweringParts = {
  database: Database
  retrieval: Retrieval
  embedder: EmbedderState
  /** Where shoppers' reports go. */
  cases: Cases
  /** What was paid for an order. */
  sandbox: { lookUps: Pick<CaseLookUps, 'payment'> }
  clock: Clock
  log: Log
}

/** The agent that answers shoppers without a language model, over the sandbox shop's orders and stock. */
export function composeAnswering({
  database,
  retrieval,
  embedder,
  cases,
  sandbox,
  clock,
  log,
}: AnsweringParts): Answering {
  const orders = sandboxOrderSystem(postgresSandboxWorld(database))
  const ownOrders = orderLookUp(orders, clock)
  const inventory = sandboxInventorySystem(postgresStock(database))
  const agent = customerQuestion({
    understanding: understanding(),
    retrieval: liveAvailability(retrieval, { inventory, documents: postgresDocuments(database, clock), clock, log }),
    composer: extractiveComposer(meaning(embedder.state === 'ready' ? embedder.embedder : null)),
    claims: extractiveCheck(),
    gate: gate(WEIGHTS),
    orders: ownOrders,
    reports: reportException(ownOrders, cases, clock),
    requests: requestChange(ownOrders, cases, sandbox.lookUps, clock),
    versions: { pipeline: WEIGHTS.pipelineVersion, weights: WEIGHTS.dataHash },
    clock,
    log,
  })
  return { agent, contacts: orderContact(orders), news: caseNews(ownOrders, clock) }
}
