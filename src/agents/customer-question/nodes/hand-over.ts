import type { HandoffReason, RelatedPage } from '#domain/answer.ts'
import { answerOf } from '../answer-of.ts'
import { bare } from '../memory.ts'
import { quoted, type SpokenPhrase, say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'

/** Gives the case to a person, with what that person needs; tells the shopper so without pretending to know. */
export function handOver(state: QuestionState) {
  const { question, progress } = state
  progress('handing_over')
  const { intent } = question
  const reason = intent.route === 'person' ? intent.reason : reasonOf(state)
  const text = intent.route === 'person' ? say(question.speech, PHRASE[intent.cue] ?? 'person') : notKnown(state)
  const said = answerOf(state, {
    outcome: 'handed_off',
    route: intent.route === 'person' ? 'person' : 'knowledge',
    text,
    related: intent.route === 'person' || reason === 'out_of_scope' ? [] : relatedPages(state),
    handoffReason: reason,
    summary: summary(state, reason),
    suggestedReply: suggestedReply(state),
  })
  return { answer: { ...said, memory: { ...said.memory, failed: bare(question.text) } } }
}

const PHRASE: Record<string, SpokenPhrase> = {
  safety: 'safety',
  medical: 'safety',
  legal: 'sensitive',
  press: 'sensitive',
  person: 'person',
  exception: 'exception',
  frustration: 'frustration',
}

function reasonOf({ composition, found, judgement }: Partial<QuestionState>): HandoffReason {
  if (composition?.conflict || judgement?.verdict.reason === 'conflict') return 'conflict'
  const known = found?.terms.some((term) => term.weight > 0 && term.documentFrequency > 0)
  return known ? 'low_confidence' : 'out_of_scope'
}

// First that it is not known, then what was looked at, then what happens next (experience.md, W21).
function notKnown({ question, composition, input }: QuestionState): string {
  const { speech } = question
  // Someone who waits for a person already has been told all of it once.
  const last = input.history.findLast(({ role }) => role !== 'shopper')
  if (last?.role === 'assistant' && last.outcome === 'handed_off') return say(speech, 'added')
  const titles =
    composition?.lookedAt.map(({ title }) => quoted(speech, title)).join(speech === 'ar' ? '، ' : ', ') ?? ''
  const lead = composition?.conflict
    ? say(speech, 'conflict')
    : composition?.listingSilent && composition.product
      ? say(speech, 'silent', { title: composition.product.title })
      : say(speech, 'unknown')
  return lead + (titles ? say(speech, 'looked_at', { titles }) : say(speech, 'looked_nowhere')) + say(speech, 'next')
}

const PAGES = 3
/** Below this cosine a passage is about something else, whatever words it shares: read off the demo shop’s unanswerable questions. */
const SAME_FIELD = 0.2

/** Pages near to the question, for the shopper to look at themselves; no claim is made of what they say. */
function relatedPages({ question, found, composition }: QuestionState): RelatedPage[] {
  const near = found.passages.filter(
    ({ chunk, scores }) =>
      (scores.exact > 0 || scores.sparse > 0) &&
      (scores.cosine === null || scores.cosine >= SAME_FIELD) &&
      [question.language, question.speech].some((own) =>
        (chunk.locale ?? chunk.language ?? own).toLowerCase().startsWith(own),
      ),
  )
  const chunks = [...(composition.product ? [composition.product] : []), ...near.map(({ chunk }) => chunk)]
  const pages = new Map(
    chunks.map(({ documentId, title, url }) => [documentId, { documentId, title, url: url ?? null }]),
  )
  return [...pages.values()].slice(0, PAGES)
}

function summary({ question, composition, judgement, input }: QuestionState, reason: HandoffReason): string {
  const turns = input.history.filter(({ role }) => role === 'shopper').length
  const looked = composition?.lookedAt.map(({ title }) => `“${title}”`).join(', ') ?? ''
  const best = judgement?.candidate?.passage.chunk.title
  return [
    `The shopper wrote: “${question.asked}”${turns > 1 ? ` (message ${turns} of the conversation)` : ''}.`,
    `Handed over because: ${reason.replaceAll('_', ' ')}.`,
    looked ? `Read: ${looked}.` : 'Nothing was searched.',
    best && judgement
      ? `The best passage was in “${best}”, at ${judgement.confidence.toFixed(2)} where ${judgement.verdict.threshold.toFixed(2)} is needed.`
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function suggestedReply({ question, judgement }: QuestionState): string | null {
  const candidate = judgement?.candidate
  if (!candidate || question.intent.route === 'person') return null
  const quote = candidate.parts
    .filter(({ kind }) => kind === 'quote')
    .map(({ text }) => text)
    .filter(Boolean)
    .join(' ')
  if (!quote) return null
  const { title } = candidate.passage.chunk
  const { speech } = question
  return say(speech, 'suggested', { page: quoted(speech, title), quote: quoted(speech, quote) })
}
