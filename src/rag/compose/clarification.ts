import type { AnswerOption } from '#domain/answer.ts'
import type { CatalogFinding } from '../understand/catalog/catalog.port.ts'
import type { Question } from '../understand/understanding.port.ts'
import { wordKey, words } from '../understand/words.ts'
import type { Candidate, Clarification } from './composer.port.ts'
import type { ProductMatch } from './listing/product.ts'
import { PHRASES } from './phrases.ts'
import { valuesIn } from './text/values.ts'

const CHOICES = 5
// Passages this close to the best say the same thing to another audience rather than another thing.
const AS_GOOD = 0.8

/** A question back, when what fits differs in exactly one thing the shopper can name: the region, or which product. */
export function clarificationOf(
  question: Question,
  variants: ProductMatch | null,
  candidates: Candidate[],
): Clarification | null {
  const phrases = PHRASES[question.speech]
  if (variants) {
    const chunks = variants.chunks.slice(0, CHOICES)
    return {
      text: phrases.which_product ?? '',
      options: chunks.map(({ title }) => ({
        label: title,
        value: `${question.text.replace(/[?.!\s]+$/, '')} (${title})?`,
      })),
    }
  }
  const regions = regionsOf(question, candidates)
  if (regions.length < 2) return null
  return {
    text: phrases.which_region ?? '',
    options: regions.slice(0, CHOICES).map((region) => ({ label: region, value: `${question.text} (${region})` })),
  }
}

/** The question back that the catalog's own names and fields lead to. */
export function choiceOf(
  { speech }: Question,
  { about, options }: Extract<CatalogFinding, { kind: 'unclear' }>,
): Clarification {
  return { text: PHRASES[speech][`which_${about}`] ?? '', options: options.slice(0, CHOICES) }
}

/** Which of the products shown before is meant. */
export function whichShown({ speech }: Question, choices: AnswerOption[]): Clarification {
  return { text: PHRASES[speech].which_shown ?? '', options: choices.slice(0, CHOICES) }
}

function regionsOf(question: Question, candidates: Candidate[]): string[] {
  const [best] = candidates
  const home = best?.passage.chunk
  if (!best || !home?.scope.region || question.region) return []
  const near = candidates.filter(
    ({ passage }) => passage.score >= best.passage.score * AS_GOOD && passage.chunk.kind === home.kind,
  )
  return [...new Set(near.flatMap(({ passage }) => passage.chunk.scope.region ?? []))]
}

// Two texts say the same of the same thing when this share of their words is common.
const SAME_SUBJECT = 0.6

/** Whether the two best documents give different values in what is otherwise the same statement. */
export function contradicts(question: Question, candidates: Candidate[]): boolean {
  const [best, ...others] = candidates
  const next = others.find(({ passage }) => passage.chunk.documentId !== best?.passage.chunk.documentId)
  if (!best || !next || best.rung === 'products' || !['duration', 'money', 'count'].includes(question.answerType))
    return false
  if (JSON.stringify(best.passage.chunk.scope) !== JSON.stringify(next.passage.chunk.scope)) return false
  if (best.passage.chunk.kind === 'article' || best.passage.chunk.kind === 'product') return false
  const [left, right] = [textOf(best), textOf(next)]
  const [one, two] = [left, right].map(
    (text) => new Set((valuesIn(text, question.answerType, new Set()) ?? []).map((value) => value.toLowerCase())),
  )
  if (!one?.size || !two?.size || [...one].some((value) => two.has(value))) return false
  return alike(left, right, question) >= SAME_SUBJECT
}

function alike(left: string, right: string, { language }: Question): number {
  const plain = (text: string) =>
    new Set(
      words(text, language)
        .map(({ text: word }) => wordKey(word, language))
        .filter((key) => !/\d/.test(key)),
    )
  const [one, two] = [plain(left), plain(right)]
  const shared = [...one].filter((key) => two.has(key)).length
  return shared / Math.max(1, one.size + two.size - shared)
}

const textOf = ({ parts }: Candidate) => parts.map(({ text }) => text).join(' ')
