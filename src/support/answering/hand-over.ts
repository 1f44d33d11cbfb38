import type { AgentAnswer } from '#agents/customer-question/customer-question.port.ts'
import type { SupportHours } from '#db/access/shops.port.ts'
import type { HandoffMaterial, NewHandoff } from '#db/desk/handoffs.port.ts'
import type { PendingQuestion } from '#db/support/questions.port.ts'
import type { HandoffReason } from '#domain/answer.ts'
import type { HandoffId } from '#domain/ids.ts'
import { packetOf } from '../desk/packet.ts'

/** What a hand-over needs besides the run: when people answer, and what the conversation holds. */
export type DeskFacts = { hours: SupportHours; material: HandoffMaterial | null }

/** The hand-over a finished run asks for, with all the person who takes it needs. */
export function handOver(
  id: HandoffId,
  reason: HandoffReason,
  question: PendingQuestion,
  { summary, suggestedReply, orders, trace }: AgentAnswer,
  stages: string[],
  { hours, material }: DeskFacts,
  at: Date,
): NewHandoff {
  const { queue } = hours
  const packet = packetOf(materialOf(question, material), {
    question: question.text,
    contact: null,
    reason,
    run: { summary, suggestedReply, orders, trace, stages },
  })
  return { id, reason, queue, hours, contact: null, packet, at }
}

/** Who asks is known from the session of the question, which may be a newer one than the conversation began in. */
function materialOf(
  { unlockedOrders: provenOrders, customer, audience }: PendingQuestion,
  material: HandoffMaterial | null,
): HandoffMaterial {
  const identity = { customerId: customer?.id ?? null, name: customer?.name ?? null, email: customer?.email ?? null }
  // Without material it was erased meanwhile; nothing of this will be stored.
  const { transcript, orders, turns } = material ?? { transcript: [], orders: [], turns: [] }
  return { transcript, orders, turns, identity, provenOrders, locale: audience.locale ?? null }
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
  it: 'Ci scusi, qualcosa è andato storto da parte nostra mentre controllavo. Ho passato la Sua domanda a una persona, che risponderà qui.',
  nl: 'Sorry, er ging bij ons iets mis terwijl ik dit uitzocht. Ik heb uw vraag doorgegeven aan een collega, die hier antwoordt.',
  pl: 'Przepraszamy, podczas sprawdzania coś poszło po naszej stronie nie tak. Pytanie zostało przekazane osobie, która odpowie tutaj.',
  ar: 'عذرًا، حدث خطأ لدينا أثناء البحث. لقد أحلت سؤالك إلى شخص سيرد هنا.',
}
