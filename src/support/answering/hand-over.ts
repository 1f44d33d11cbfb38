import type { AgentAnswer } from '#agents/customer-question/customer-question.port.ts'
import type { SupportHours } from '#db/access/shops.port.ts'
import type { HandoffPacket, NewHandoff } from '#db/desk/handoffs.port.ts'
import type { PendingQuestion } from '#db/support/questions.port.ts'
import type { HandoffReason } from '#domain/answer.ts'
import type { HandoffId } from '#domain/ids.ts'
import { expectedReplyBy } from '#domain/opening-hours.ts'

/** The hand-over a finished run asks for, with all the person who takes it needs. */
export function handOver(
  id: HandoffId,
  reason: HandoffReason,
  question: PendingQuestion,
  answer: AgentAnswer,
  stages: string[],
  hours: SupportHours,
  at: Date,
): NewHandoff {
  const packet: HandoffPacket = {
    question: question.text,
    transcript: [
      ...question.history.map(({ role, text }) => ({ role, text })),
      { role: 'shopper', text: question.text },
    ],
    identity: {
      customerId: question.customer?.id ?? null,
      name: question.customer?.name ?? null,
      email: question.customer?.email ?? null,
      contact: null,
    },
    orders: answer.orders,
    retrieved: answer.trace,
    tried: stages,
    reason,
    summary: answer.summary,
    suggestedReply: answer.suggestedReply,
  }
  return { id, reason, queue: hours.queue, dueAt: expectedReplyBy(at, hours), contact: null, packet, at }
}

/** What a run that failed or took too long becomes: the question is kept and a person answers it. */
export function failedRun(question: PendingQuestion, problem: string): AgentAnswer {
  const language = question.audience.locale ?? 'en'
  return {
    outcome: 'handed_off',
    route: 'person',
    text: FAILED[language.slice(0, 2).toLowerCase()] ?? FAILED_ENGLISH,
    language: language.slice(0, 2).toLowerCase() in FAILED ? language : 'en',
    citations: [],
    products: [],
    orders: [],
    options: [],
    related: [],
    needs: null,
    stopped: false,
    confidence: 0,
    gate: { threshold: 1, passed: false, reason: 'failure' },
    cache: 'bypass',
    receipts: [],
    model: { name: 'builtin', inputTokens: 0, outputTokens: 0, costMicros: 0 },
    handoffReason: 'failure',
    summary: `The assistant failed while looking into this question (${problem}).`,
    suggestedReply: null,
    memory: question.memory,
    trace: { problem },
  }
}

const FAILED_ENGLISH =
  'Sorry, something went wrong on our side while I was looking into this. I have passed your question on to a person, who will reply here.'
const FAILED: Record<string, string> = {
  en: FAILED_ENGLISH,
  de: 'Entschuldigung, bei uns ist etwas schiefgegangen, während ich nachgesehen habe. Ich habe Ihre Frage an einen Menschen weitergegeben, der hier antwortet.',
  fr: 'Désolé, un problème est survenu de notre côté pendant ma recherche. J’ai transmis votre question à une personne, qui répondra ici.',
  es: 'Lo siento, algo ha fallado por nuestra parte mientras lo consultaba. He pasado tu pregunta a una persona, que responderá aquí.',
}
