import type { Chunk } from '#domain/document.ts'
import type { Passage, RetrievalResult } from '../retrieval.port.ts'
import { isFrame } from '../understand/content.ts'
import type { Question } from '../understand/understanding.port.ts'
import { predicateOf, type WeighedWord, weighed } from '../understand/weighing.ts'
import { words } from '../understand/words.ts'
import { type CatalogAnswer, catalogAnswer } from './catalog/catalog-answer.ts'
import { clarificationOf, contradicts, whichShown } from './clarification.ts'
import type { Candidate, Composer, Composition } from './composer.port.ts'
import { faqAnswer, questionsOf } from './faq.ts'
import { attributeAnswer, SILENT } from './listing/attribute.ts'
import { namedProduct, type ProductMatch, subjectOf } from './listing/product.ts'
import { productList } from './listing/product-list.ts'
import type { Meaning } from './meaning.port.ts'
import { likelySentences, type Near, passageAnswer } from './passage.ts'
import { topicAnswer } from './topic.ts'

// Passages read for an answer; what retrieval puts further down is seldom right and costs time.
const READ = 8
const CANDIDATES = 6

const NOTHING: Composition = {
  candidates: [],
  clarification: null,
  conflict: false,
  lookedAt: [],
  product: null,
  listingSilent: false,
}

/** Composing without a model: the ladder of answers.md, each step quoting. Pure and total. */
export function extractiveComposer(meaning: Meaning | null = null): Composer {
  const composer: Composer = {
    async compose(question, found, signal) {
      const asked = weighed(question, found.terms)
      // Without a word of meaning everything would fit.
      if (asked.length === 0) return { ...NOTHING, lookedAt: titlesOf(found) }
      const passages = spoken(question, found.passages).slice(0, READ)
      const product = namedProduct(question, found.passages)
      const typed = catalogAnswer(question, found, product)
      if (typed) return fromCatalog(typed, found)
      const field = product && attributeAnswer(question, product, found.passages)
      const near = field ? () => null : await nearnessOf(question, asked, found, meaning, signal)
      const candidates =
        field === 'differs'
          ? []
          : field
            ? [field]
            : product
              ? aboutProduct(question, asked, product, found, near)
              : open(question, asked, passages, near)
      return {
        candidates: candidates.slice(0, CANDIDATES),
        clarification: clarificationOf(question, field === 'differs' ? product : null, candidates),
        conflict: contradicts(question, candidates),
        lookedAt: titlesOf(found),
        product: product?.chunks[0] ?? null,
        listingSilent:
          product !== null && product.share === 1 && candidates.length === 0 && isSilent(question, product.chunks[0]),
      }
    },
    text: ({ parts }) =>
      parts
        .map(({ text }) => text)
        .join('')
        .trim(),
  }
  return {
    ...composer,
    async compose(question, found, signal) {
      const composition = await composer.compose(question, found, signal)
      // Whatever one of them has, it may be the other that was meant.
      return question.choices ? { ...composition, clarification: whichShown(question, question.choices) } : composition
    },
  }
}

function fromCatalog({ candidate, clarification }: CatalogAnswer, found: RetrievalResult): Composition {
  const only = candidate?.products.length === 1 ? (candidate.products[0] ?? null) : null
  return {
    ...NOTHING,
    candidates: candidate ? [candidate] : [],
    clarification,
    lookedAt: titlesOf(found),
    product: only,
  }
}

// Vectors cost a millisecond or two a text when they are new, so only what leads by its words gets one.
const STORED_QUESTIONS = 4
const READ_CLOSELY = 4
const SENTENCES = 2

async function nearnessOf(
  question: Question,
  asked: WeighedWord[],
  found: RetrievalResult,
  meaning: Meaning | null,
  signal: AbortSignal,
): Promise<Near> {
  if (!meaning) return () => null
  const passages = spoken(question, found.passages).slice(0, READ)
  const stored = passages.filter(({ chunk }) => chunk.kind === 'faq').slice(0, STORED_QUESTIONS)
  const prose = passages.filter(({ chunk }) => chunk.kind !== 'faq').slice(0, READ_CLOSELY)
  const texts = [
    ...stored.flatMap(({ chunk }) => questionsOf(chunk)),
    ...prose.flatMap((passage) => likelySentences(question, asked, passage, SENTENCES)),
  ]
  const nearness = await meaning.nearness(found.questionVector, texts, signal)
  const byText = new Map(texts.map((text, index) => [text, nearness[index] ?? null]))
  return (text) => byText.get(text) ?? null
}

// A page in the shopper's language goes before its translation, and where none is, one in the language understood; pages without a
// language serve all.
function spoken({ speech, language }: Question, passages: Passage[]): Passage[] {
  const isIn = ({ chunk }: Passage, tongue: string) => chunk.locale?.toLowerCase().startsWith(tongue) === true
  const tongue = [speech, language].find((one) => passages.some((passage) => isIn(passage, one)))
  return tongue ? passages.filter((passage) => !passage.chunk.locale || isIn(passage, tongue)) : passages
}

/** The product is known and no field of it answers: its own text, then what is said of all products. */
function aboutProduct(
  question: Question,
  asked: WeighedWord[],
  product: ProductMatch,
  found: RetrievalResult,
  near: Near,
): Candidate[] {
  const ids = new Set(product.chunks.map(({ documentId }) => documentId))
  const own = found.passages.filter(({ chunk }) => ids.has(chunk.documentId))
  const subject = subjectOf(question, product.chunks[0])
  const rest = predicateOf(asked, subject, true)
  // `What is the insole of the X?` names a field. A sentence that merely has the word is not that field; a section under
  // that heading is.
  const texts = asksForField(question, rest) ? own.filter(({ chunk }) => headed(rest, chunk)) : own
  const others = found.passages.filter(({ chunk }) => chunk.kind !== 'product').slice(0, READ)
  // What is said of all products holds for this one: its name need not stand there.
  const general = open(question, rest, others, near).map((candidate) => ({
    ...candidate,
    subject: new Set([...candidate.subject, ...subject]),
    borrowed: true,
  }))
  return sorted([...texts.flatMap((passage) => passageAnswer(question, asked, passage, near) ?? []), ...general])
}

// `How heavy` names one as surely as `what is the weight of`.
const asksForField = (question: Question, rest: WeighedWord[]) =>
  (FIELD.test(question.text) && rest.length <= 3) || (MEASURED.test(question.text) && question.answerType === 'count')
const MEASURED =
  /\bhow (?:heavy|tall|high|wide|deep|thick|big|large|bright|powerful)\b|\bwie (?:schwer|hoch|breit|tief|dick|groß|hell)\b/i

const FIELD =
  /^(?:and |so )?(?:what(?:'s| is| are)|tell me) (?:the |its )?.+ (?:of|on|for|in) |^(?:was|wie|welche[rsn]?) (?:ist|sind|hat|haben) (?:der|die|das) .+ (?:von|vom|der|des|für) /i

function headed(rest: WeighedWord[], chunk: Chunk): boolean {
  const heading = chunk.headingPath.join(' ').toLowerCase()
  return rest.length > 0 && rest.every((word) => heading.includes(word.text.toLowerCase()))
}

function open(question: Question, asked: WeighedWord[], passages: Passage[], near: Near): Candidate[] {
  const products = productList(question, asked, passages)
  const topic = topicAnswer(question, asked, passages)
  const found: Candidate[] = [products, topic].filter((one) => one !== null)
  for (const passage of passages) {
    // An FAQ entry answers its own question or none: sentences out of it mean little without that question.
    const made =
      passage.chunk.kind === 'faq'
        ? faqAnswer(question, asked, passage, near)
        : passageAnswer(question, asked, passage, near)
    if (made) found.push(made)
  }
  return sorted(found)
}

// Steps of the ladder first where their key fits, then the order retrieval gave.
function sorted(candidates: Candidate[]): Candidate[] {
  return candidates
    .map((candidate, index) => ({ candidate, index, rank: candidate.keyMatch >= 0.8 ? candidate.keyMatch : 0 }))
    .sort((left, right) => right.rank - left.rank || left.index - right.index)
    .map(({ candidate }) => candidate)
}

// That a listing does not say it is only claimed where it has none of the words, and no number has to be compared.
function isSilent(question: Question, chunk: Chunk): boolean {
  const subject = subjectOf(question, chunk)
  const asked = question.content.filter((word) => !subject.has(word.key) && !isFrame(word))
  if (asked.length === 0 || asked.some(({ text }) => /\d/.test(text))) return false
  const fields = Object.entries(chunk.attributes).filter(([, value]) => !SILENT.test(String(value)))
  const said = new Set(
    words([chunk.text, ...fields.flat().map(String)].join(' '), question.language).map(({ key }) => key),
  )
  return asked.every(({ key }) => !said.has(key))
}

function titlesOf({ passages }: RetrievalResult) {
  const seen = new Set<string>()
  return passages
    .filter(({ chunk }) => !seen.has(chunk.documentId) && seen.add(chunk.documentId))
    .slice(0, 3)
    .map(({ chunk }) => ({ documentId: chunk.documentId, title: chunk.title }))
}
