import type { Candidate } from '../compose/composer.port.ts'
import { valuesIn } from '../compose/text/values.ts'
import type { Passage, RetrievalResult } from '../retrieval.port.ts'
import { denies, isFrame } from '../understand/content.ts'
import { ANTONYMS } from '../understand/lexicon/antonyms.ts'
import type { Language, Question } from '../understand/understanding.port.ts'
import { covered, has, predicateOf, type WeighedWord, weighed } from '../understand/weighing.ts'
import { plainWord, type Word, words } from '../understand/words.ts'
import type { Signals } from './gate.port.ts'

/** Names in the order they are fitted, with the direction each may push: more of it can only raise (1) or lower (−1) confidence. */
export const SIGNALS = {
  quoteCoverage: 1,
  contextCoverage: 1,
  passageCoverage: 1,
  rarestMissing: -1,
  unknownShare: -1,
  nameMissing: -1,
  valueMissing: -1,
  polarityClash: -1,
  antonymClash: -1,
  together: 1,
  keyMatch: 1,
  named: 1,
  near: 1,
  nearStored: 1,
  sameQuestion: 1,
  nearestStored: 1,
  corroborated: 1,
  unexplained: -1,
  evidence: 1,
  standing: 1,
  borrowed: -1,
  cosine: 1,
  margin: 1,
  agreement: 1,
  typed: 1,
} as const satisfies Record<string, 1 | -1>

/** Everything the gate knows of a candidate. Pure; each signal is between 0 and 1. */
export function signalsOf(question: Question, found: RetrievalResult, candidate: Candidate, all: Candidate[]): Signals {
  const { language } = question
  const { chunk, scores } = candidate.passage
  const asked = weighed(question, found.terms)
  // Words that name the subject are met by the title; what is asked about it must be met by the quote.
  const ofProduct = chunk.kind === 'product' && (candidate.rung !== 'products' || candidate.typed === true)
  const predicate = predicateOf(asked, candidate.subject, ofProduct)
  const quote = candidate.parts.map(({ text }) => text).join(' ')
  const quoteWords = words(quote, language)
  const quoteKeys = keysOf(quoteWords)
  const context = [
    chunk.title,
    ...chunk.headingPath,
    chunk.question ?? '',
    ...chunk.aliases,
    chunk.category ?? '',
    Object.values(chunk.scope).join(' '),
  ].join(' ')
  const contextKeys = new Set([...quoteKeys, ...keysOf(words(context, language))])
  const passageKeys = new Set([...contextKeys, ...keysOf(words(chunk.text, language))])
  const statement = candidate.core
    ? new Set([...keysOf(words(candidate.core, language)), ...keysOf(words(context, language))])
    : contextKeys
  const missing = predicate.filter((word) => !has(contextKeys, word))
  const heaviest = Math.max(...found.terms.map((term) => term.weight), ...asked.map((word) => word.weight), 1e-9)
  const rarest = Math.max(0, ...missing.map((word) => word.weight)) / heaviest
  const known = new Set(question.content.map((word) => plainWord(word.text)))
  // In free text the value must stand in the very sentence that speaks of what was asked.
  const values = valuesIn(candidate.core || quote, question.answerType, known)
  const clash = polarityClash(question, quote, language)
  const turned = antonymClash(question, [...quoteWords, ...words(context, language)], contextKeys)
  const valueMissing = values !== null && values.length === 0
  return {
    quoteCoverage: covered(predicate, quoteKeys),
    contextCoverage: covered(predicate, contextKeys),
    passageCoverage: covered(asked, passageKeys),
    rarestMissing: rarest,
    unknownShare: share(asked, (word) => word.unknown && !has(passageKeys, word)),
    nameMissing: share(
      asked.filter(({ name, key }) => name && !(candidate.typed && candidate.subject.has(key))),
      (word) => !has(contextKeys, word),
    ),
    valueMissing: valueMissing && !candidate.typed ? 1 : 0,
    polarityClash: candidate.typed ? 0 : clash,
    antonymClash: turned && !candidate.typed ? 1 : 0,
    together: together(predicate, quoteWords),
    keyMatch: candidate.keyMatch,
    // In free text a sentence must be near, in an FAQ the stored question: their cosines lie differently.
    near: candidate.rung === 'passage' ? nearness(candidate) : 0,
    nearStored: candidate.rung === 'faq' ? nearness(candidate) : 0,
    sameQuestion:
      candidate.rung === 'faq' ? Math.min(1, Math.max(0, (nearness(candidate) - RELATED) / (SAME - RELATED))) : 0,
    nearestStored: nearestStored(candidate, all),
    corroborated: corroborated(question, candidate, values, found.passages, known) ? 1 : 0,
    // A missing word matters less the more the stored question is the one that was asked.
    unexplained: rarest * (1 - Math.max(candidate.keyMatch, candidate.rung === 'faq' ? nearness(candidate) : 0)),
    named: candidate.named,
    evidence: Math.min(
      1,
      predicate.reduce((sum, word) => sum + (has(contextKeys, word) ? word.weight : 0), 0) / (MUCH * heaviest),
    ),
    standing: standingOf(candidate.passage, found.passages),
    borrowed: candidate.borrowed ? 1 : 0,
    cosine: scores.cosine === null ? 0.5 : Math.max(0, scores.cosine),
    margin: marginOf(candidate.passage, found.passages),
    agreement: agreement(candidate.passage, found.passages),
    // Fields decided, not words: the catalog read every condition, over all of its products.
    typed: candidate.typed ? 1 : 0,
    unaccounted: unaccounted(
      candidate,
      predicate.filter((word) => !has(statement, word)),
      valueMissing || turned || clash === 1,
    )
      ? 1
      : 0,
  }
}

// Two questions on one topic reach the first cosine, two wordings of one question the second; between them lies the doubt.
const RELATED = 0.55
const SAME = 0.85

// How much nearer this stored question is than the next one.
function nearestStored(candidate: Candidate, all: Candidate[]): number {
  if (candidate.rung !== 'faq') return 0
  const others = all.filter(
    (other) => other.rung === 'faq' && other.passage.chunk.documentId !== candidate.passage.chunk.documentId,
  )
  const next = Math.max(0.3, ...others.map(nearness))
  return Math.min(1, Math.max(0, 4 * (nearness(candidate) - next)))
}

// Passages that count as found for the question at all.
const LEADING = 5

// Another document that was found for the question gives the same value.
function corroborated(
  { answerType }: Question,
  { passage }: Candidate,
  values: string[] | null,
  passages: Passage[],
  known: Set<string>,
): boolean {
  if (!values || values.length === 0 || !['duration', 'money', 'count', 'time'].includes(answerType)) return false
  const said = new Set(values.map((value) => value.toLowerCase()).filter((value) => /\d/.test(value)))
  return passages
    .filter(({ chunk }) => chunk.documentId !== passage.chunk.documentId)
    .slice(0, LEADING)
    .some(({ chunk }) => (valuesIn(chunk.text, answerType, known) ?? []).some((value) => said.has(value.toLowerCase())))
}

// Without vectors a middling nearness stands in, so that words alone decide.
const nearness = ({ near }: Candidate) => (near === null ? 0.5 : Math.max(0, near))

// Free text answers only what one statement accounts for in full: a word that does not stand there makes it a question about something else.
// A listing is found by its name, so a name or number that is not its own makes it another product's.
function unaccounted({ rung }: Candidate, missing: WeighedWord[], atOdds: boolean): boolean {
  if (rung === 'faq') return false
  if (rung !== 'passage') return missing.some(({ name }) => name)
  return atOdds || missing.some((word) => word.name || !isFrame(word))
}

const keysOf = (list: Word[]) => new Set(list.map(({ key }) => key))

function share(asked: WeighedWord[], is: (word: WeighedWord) => boolean): number {
  const total = asked.reduce((sum, word) => sum + word.weight, 0)
  return total > 0 ? asked.filter(is).reduce((sum, word) => sum + word.weight, 0) / total : 0
}

// `What did they not …` needs a sentence that denies; a plain what-question is doubtful on one that does.
function polarityClash(question: Question, quote: string, language: Language): number {
  const denied = denies(quote, language)
  if (question.negated) return denied ? 0 : 1
  return denied && !['yes_no', 'procedure', 'open', 'reason'].includes(question.answerType) ? 0.5 : 0
}

function antonymClash({ content }: Question, quote: Word[], context: Set<string>): boolean {
  const said = new Set(quote.map(({ text }) => plainWord(text)))
  return content.some(
    (word) => !has(context, word) && [...(ANTONYMS.get(plainWord(word.text)) ?? [])].some((other) => said.has(other)),
  )
}

// Neighbours in the question that are neighbours in the quote too: the words stand in one statement, not in three.
const NEAR = 8
function together(asked: WeighedWord[], quote: Word[]): number {
  const places = asked.map((word) => quote.flatMap(({ key }, index) => (has(new Set([key]), word) ? [index] : [])))
  let pairs = 0
  let met = 0
  for (let index = 1; index < places.length; index += 1) {
    pairs += 1
    if (places[index]?.some((right) => places[index - 1]?.some((left) => Math.abs(left - right) <= NEAR))) met += 1
  }
  return pairs === 0 ? (places[0]?.length ? 1 : 0) : met / pairs
}

// Words worth this many of the heaviest are as much as a short question can offer.
const MUCH = 2.5

function standingOf(passage: Passage, passages: Passage[]): number {
  const top = Math.max(...passages.map(({ score }) => score))
  return top > 0 ? Math.max(0, passage.score / top) : 0
}

function marginOf(passage: Passage, passages: Passage[]): number {
  const rival = passages.find(({ chunk }) => chunk.documentId !== passage.chunk.documentId)
  return rival ? Math.min(1, Math.max(0, passage.score - rival.score)) : 1
}

// Words and meaning each have a favourite; they agree when it is this passage for both.
function agreement(passage: Passage, passages: Passage[]): number {
  const top = (score: (one: Passage) => number) => Math.max(...passages.map(score))
  const sparse = passage.scores.sparse >= top((one) => one.scores.sparse) ? 0.5 : 0
  const dense = (passage.scores.cosine ?? -1) >= top((one) => one.scores.cosine ?? -1) ? 0.5 : 0
  return sparse + dense
}
