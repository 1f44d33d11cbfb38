import { type BaseCheckpointSaver, END, START, StateGraph } from '@langchain/langgraph'
import type { Cases } from '#approvals/cases.port.ts'
import type { Journal } from '#approvals/journal.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import type { Investigators } from './facts/investigate.ts'
import { stillSo } from './facts/still-so.ts'
import { awaitDecision } from './nodes/await-decision.ts'
import { awaitTurn } from './nodes/await-turn.ts'
import { classify } from './nodes/classify.ts'
import { close } from './nodes/close.ts'
import { execute } from './nodes/execute.ts'
import { gate } from './nodes/gate.ts'
import { gather } from './nodes/gather.ts'
import { load } from './nodes/load.ts'
import { plan } from './nodes/plan.ts'
import { revalidate } from './nodes/revalidate.ts'
import { verify } from './nodes/verify.ts'
import type { Planner } from './planner/planner.port.ts'
import { CaseState } from './state.ts'

export type CaseParts = Investigators & {
  cases: Cases
  proposals: Proposals
  journal: Journal
  tools: ActionTools
  planner: Planner
  checkpoints: BaseCheckpointSaver
}

/** The edges of a case's way from its report to its end; every node's result is stored before the next begins. */
export function caseGraph({ cases, proposals, journal, tools, planner, checkpoints, ...investigators }: CaseParts) {
  const hands = { journal, tools, clock: investigators.clock }
  return new StateGraph(CaseState)
    .addNode('load', load(cases))
    .addNode('gather', gather(investigators))
    .addNode('classify', classify(cases))
    .addNode('makePlan', plan(planner, { cases, journal, lookUps: investigators.lookUps }))
    .addNode('gate', gate(proposals, tools))
    .addNode('awaitDecision', awaitDecision)
    .addNode('revalidate', revalidate(proposals, journal, stillSo(investigators, { cases, journal })))
    .addNode('execute', execute(hands))
    .addNode('awaitTurn', awaitTurn)
    .addNode('verify', verify(hands, proposals))
    .addNode('close', close(cases, proposals, investigators.clock))
    .addEdge(START, 'load')
    .addConditionalEdges('load', ({ report }) => (report ? 'gather' : END), ['gather', END])
    .addEdge('gather', 'classify')
    .addEdge('classify', 'makePlan')
    .addEdge('makePlan', 'gate')
    .addConditionalEdges('gate', afterGate, ['revalidate', 'awaitDecision', END])
    .addEdge('awaitDecision', 'revalidate')
    .addConditionalEdges('revalidate', afterRevalidate, ['execute', 'awaitDecision', END])
    .addConditionalEdges('execute', afterExecute, ['awaitTurn', 'verify', END])
    .addEdge('awaitTurn', 'revalidate')
    .addConditionalEdges('verify', ({ progress }) => (progress.outcome === 'pending' ? 'awaitTurn' : 'close'), [
      'awaitTurn',
      'close',
    ])
    .addEdge('close', END)
    .compile({ checkpointer: checkpoints })
}

function afterGate({ verdict }: CaseState) {
  if (verdict === 'auto') return 'revalidate'
  return verdict === 'approval' ? 'awaitDecision' : END
}

/** A moved world ends this run: another begins with what is true now. */
function afterRevalidate({ standing }: CaseState) {
  if (standing.outcome === 'moved') return END
  return standing.outcome === 'go' ? 'execute' : 'awaitDecision'
}

function afterExecute({ progress }: CaseState) {
  if (progress.outcome === 'pending') return 'awaitTurn'
  return progress.outcome === 'refused' ? END : 'verify'
}
