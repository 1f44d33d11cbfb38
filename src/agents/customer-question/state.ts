import { Annotation } from '@langchain/langgraph'
import type { Composition } from '#rag/compose/composer.port.ts'
import type { Judgement } from '#rag/gate/gate.port.ts'
import type { RetrievalResult } from '#rag/retrieval.port.ts'
import type { Question } from '#rag/understand/understanding.port.ts'
import type { OrderLookUp } from '#tools/look-up.port.ts'
import type { ReportTool } from '#tools/report-exception.port.ts'
import type { AgentAnswer, ProgressStage, QuestionInput } from './customer-question.port.ts'

/**
 * What nodes hand on. It lives for one question in one process and is never checkpointed (the graph never pauses;
 * the stored message is what survives a crash), so it may hold what the rag ports return.
 */
export const QuestionState = Annotation.Root({
  input: Annotation<QuestionInput>(),
  progress: Annotation<(stage: ProgressStage) => void>(),
  question: Annotation<Question>(),
  lookUp: Annotation<OrderLookUp>(),
  cases: Annotation<Awaited<ReturnType<ReportTool['casesOf']>>>(),
  found: Annotation<RetrievalResult>(),
  composition: Annotation<Composition>(),
  judgement: Annotation<Judgement>(),
  answer: Annotation<AgentAnswer>(),
})

export type QuestionState = typeof QuestionState.State
