import type { Chunk } from '#domain/document.ts'
import type { Passage, RetrievalResult } from '../retrieval.port.ts'
import { isFrame } from '../understand/content.ts'
import type { Question } from '../understand/understanding.port.ts'
import { type WeighedWord, weighed } from '../understand/weighing.ts'
import { attributeAnswer } from './attribute.ts'
import { clarificationOf, contradicts } from './clarification.ts'
import type { Candidate, Composer } from './composer.port.ts'
import { faqAnswer } from './faq.ts'
import { passageAnswer } from './passage.ts'
import { namedProduct, type ProductMatch } from './product.ts'
import { productList } from './product-list.ts'

// Passages read for an answer; what retrieval puts further down is seldom right and costs time.
const READ = 8
const CANDIDATES = 4

/** Composing without a model: the ladder of answers.md, each step quoting. Pure and total. */
export function extractiveComposer(): Composer {
  return {
    compose(question, found) {
      const asked = weighed(question, found.terms)
      const passages = spoken(question, found.passages).slice(0, READ)
      const product = namedProduct(question, found.passages)
      const candidates =
        product && product.twins.length === 0
          ? aboutProduct(question, asked, product, found)
          : open(question, asked, passages)
      return {
        candidates: candidates.slice(0, CANDIDATES),
        clarification: clarificationOf(question, product, candidates),
        conflict: contradicts(question, candidates),
        lookedAt: titlesOf(found),
        product: product?.chunk ?? null,
        listingSilent: product !== null && product.share === 1 && candidates.length === 0,
      }
    },
    text: ({ parts }) =>
      parts
        .map(({ text }) => text)
        .join('')
        .trim(),
  }
}

// A page in the question's language goes before its translation; pages without a language serve all.
function spoken({ language }: Question, passages: Passage[]): Passage[] {
  const own = passages.filter(({ chunk }) => !chunk.locale || chunk.locale.toLowerCase().startsWith(language))
  return own.length > 0 ? own : passages
}

/** The product is known: its own fields first, then its own text, then what is said of all products. */
function aboutProduct(
  question: Question,
  asked: WeighedWord[],
  product: ProductMatch,
  found: RetrievalResult,
): Candidate[] {
  const own = found.passages.filter(({ chunk }) => chunk.documentId === product.chunk.documentId)
  const [first] = own
  const home = first && { ...first, chunk: product.chunk }
  const field = home && attributeAnswer(question, home, own)
  if (field) return [field]
  // `What is the insole of the X?` names a field. A sentence that merely has the word is not that field.
  const others = found.passages.filter(({ chunk }) => chunk.kind !== 'product').slice(0, READ)
  const texts = asksForField(question, product.chunk) ? own.filter(({ chunk }) => headed(question, asked, chunk)) : own
  return sorted([
    ...texts.flatMap((passage) => passageAnswer(question, asked, passage) ?? []),
    ...open(question, asked, others),
  ])
}

const FIELD =
  /^(?:and |so )?(?:what(?:'s| is| are)|which|how) (?:the |its )?.+ (?:of|on|for|in|does|do|has|have|is|are) (?:the |this |your )?|^(?:was|wie|welche[rsn]?) (?:ist|sind|hat|haben) (?:der|die|das) .+ (?:von|vom|der|des|für)/i

function asksForField(question: Question, chunk: Chunk): boolean {
  if (!FIELD.test(question.text)) return false
  const title = new Set(chunk.title.toLowerCase().split(/\W+/))
  const rest = question.content.filter((word) => !title.has(word.text.toLowerCase()) && !isFrame(word))
  return (
    question.answerType !== 'yes_no' &&
    question.answerType !== 'duration' &&
    rest.length <= 3 &&
    /^what|^was|^welche/i.test(question.text)
  )
}

// A section about the very thing (`Return policy`) answers what a field of that name would.
function headed(question: Question, asked: WeighedWord[], chunk: Chunk): boolean {
  const heading = chunk.headingPath.join(' ').toLowerCase()
  const title = chunk.title.toLowerCase()
  const rest = asked.filter((word) => !title.includes(word.text.toLowerCase()) && !isFrame(word))
  return (
    rest.length > 0 && rest.every((word) => heading.includes(word.text.toLowerCase())) && question.content.length > 0
  )
}

function open(question: Question, asked: WeighedWord[], passages: Passage[]): Candidate[] {
  const products = productList(question, asked, passages)
  const found: Candidate[] = products ? [products] : []
  for (const passage of passages) {
    const candidate = passage.chunk.kind === 'faq' ? faqAnswer(question, asked, passage) : null
    const made = candidate ?? passageAnswer(question, asked, passage)
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

function titlesOf({ passages }: RetrievalResult) {
  const seen = new Set<string>()
  return passages
    .filter(({ chunk }) => !seen.has(chunk.documentId) && seen.add(chunk.documentId))
    .slice(0, 3)
    .map(({ chunk }) => ({ documentId: chunk.documentId, title: chunk.title }))
}
