import { END, START, StateGraph } from '@langchain/langgraph'
import type { ClaimCheck } from '#rag/claims/claim-check.port.ts'
import type { Composer } from '#rag/compose/composer.port.ts'
import type { Gate } from '#rag/gate/gate.port.ts'
import type { Retrieval } from '#rag/retrieval.port.ts'
import type { Understanding } from '#rag/understand/understanding.port.ts'
import type { OrderTool } from '#tools/look-up.port.ts'
import type { ReportTool } from '#tools/report-exception.port.ts'
import type { RequestTool } from '#tools/request-change.port.ts'
import { lookUpCases } from './claims/look-up-cases.ts'
import { offerReport } from './claims/offer-report.ts'
import { leaveIt, report } from './claims/report.ts'
import { tellCases } from './claims/tell-cases.ts'
import { answer } from './nodes/answer.ts'
import { checkClaims } from './nodes/check-claims.ts'
import { clarify } from './nodes/clarify.ts'
import { compose } from './nodes/compose.ts'
import { handOver } from './nodes/hand-over.ts'
import { judge } from './nodes/judge.ts'
import { lookUpOrder } from './nodes/look-up-order.ts'
import { rephrase } from './nodes/rephrase.ts'
import { retrieve } from './nodes/retrieve.ts'
import { smallTalk } from './nodes/small-talk.ts'
import { tellOrder } from './nodes/tell-order.ts'
import { understand } from './nodes/understand.ts'
import { leaveRequest, makeRequest } from './requests/make-request.ts'
import { offerRequest } from './requests/offer-request.ts'
import { orderRouteOf, outcomeOf, routeOf } from './route.ts'
import { QuestionState } from './state.ts'

export type QuestionParts = {
  understanding: Understanding
  retrieval: Retrieval
  composer: Composer
  claims: ClaimCheck
  gate: Gate
  orders: OrderTool
  reports: ReportTool
  requests: RequestTool
}

/** The edges of a question's way to its answer. No checkpointer: it never pauses, and what it returns is stored by `support`. */
export function questionGraph({
  understanding,
  retrieval,
  composer,
  claims,
  gate,
  orders,
  reports,
  requests,
}: QuestionParts) {
  return new StateGraph(QuestionState)
    .addNode('understand', understand(understanding))
    .addNode('smallTalk', smallTalk)
    .addNode('lookUpOrder', lookUpOrder(orders))
    .addNode('lookUpCases', lookUpCases(reports))
    .addNode('tellOrder', tellOrder)
    .addNode('tellCases', tellCases)
    .addNode('offerReport', offerReport)
    .addNode('report', report(reports))
    .addNode('leaveIt', leaveIt)
    .addNode('offerRequest', offerRequest(requests))
    .addNode('makeRequest', makeRequest(requests))
    .addNode('leaveRequest', leaveRequest)
    .addNode('retrieve', retrieve(retrieval))
    .addNode('compose', compose(composer))
    .addNode('checkClaims', checkClaims(claims))
    .addNode('judge', judge(gate))
    .addNode('say', answer(composer))
    .addNode('clarify', clarify)
    .addNode('rephrase', rephrase)
    .addNode('handOver', handOver)
    .addEdge(START, 'understand')
    .addConditionalEdges('understand', routeOf, [
      ...(['smallTalk', 'lookUpOrder', 'retrieve', 'handOver', 'rephrase', 'report', 'leaveIt'] as const),
      ...(['makeRequest', 'leaveRequest'] as const),
    ])
    .addEdge('lookUpOrder', 'lookUpCases')
    .addConditionalEdges('lookUpCases', orderRouteOf, [
      ...(['tellOrder', 'tellCases', 'offerReport', 'offerRequest', 'retrieve'] as const),
    ])
    .addEdge('retrieve', 'compose')
    .addEdge('compose', 'checkClaims')
    .addEdge('checkClaims', 'judge')
    .addConditionalEdges('judge', outcomeOf, {
      answer: 'say',
      clarify: 'clarify',
      handOver: 'handOver',
      rephrase: 'rephrase',
    })
    .addEdge('smallTalk', END)
    .addEdge('tellOrder', END)
    .addEdge('tellCases', END)
    .addEdge('offerReport', END)
    .addEdge('report', END)
    .addEdge('leaveIt', END)
    .addEdge('offerRequest', END)
    .addEdge('makeRequest', END)
    .addEdge('leaveRequest', END)
    .addEdge('say', END)
    .addEdge('clarify', END)
    .addEdge('rephrase', END)
    .addEdge('handOver', END)
    .compile()
}
