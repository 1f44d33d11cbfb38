import type { Chunk } from '#domain/document.ts'
import type { Passage } from '../../retrieval.port.ts'
import { isFrame } from '../../understand/content.ts'
import type { Question } from '../../understand/understanding.port.ts'
import { covered, type WeighedWord } from '../../understand/weighing.ts'
import { words } from '../../understand/words.ts'
import type { Candidate, Part } from '../composer.port.ts'
import { PHRASES } from '../phrases.ts'
import { readable, spansOf } from '../text/spans.ts'

const SHOWN = 5
const BELOW =
  /\b(?:under|below|less than|cheaper than|up to|at most|unter|bis zu|bis|höchstens|günstiger als)\s*(?:[€$£]|eur|usd)?\s*(\d+(?:[.,]\d{1,2})?)/i

/** Products whose own fields hold everything asked for, when products were asked for. Null when none fits whole. */
export function productList(question: Question, asked: WeighedWord[], passages: Passage[]): Candidate | null {
  if (!question.browsing) return null
  const limit = BELOW.exec(question.text)?.[1]
  const below = limit ? Number(limit.replace(',', '.')) : null
  const rest = asked.filter(
    (word) =>
      !(isFrame(word) && !word.name) &&
      !(below !== null && (word.text === limit || /^(?:euros?|eur|usd|dollars?|pounds?)$/i.test(word.text))),
  )
  if (rest.length === 0) return null
  const fitting = unique(passages).filter(
    ({ chunk }) => covered(rest, fieldKeys(chunk, question)) === 1 && fits(chunk, below),
  )
  const [first] = fitting
  if (!first) return null
  const shown = fitting.slice(0, SHOWN)
  const phrase = PHRASES[question.speech][shown.length === 1 ? 'products_one' : 'products_many'] ?? ''
  const parts: Part[] = [{ kind: 'template', template: 'products', text: phrase }]
  shown.forEach(({ chunk }, index) => {
    if (index > 0) parts.push({ kind: 'template', template: 'comma', text: ', ' })
    parts.push({ kind: 'template', template: 'title', text: chunk.title })
    const [span] = spansOf(chunk.text).filter(({ kind }) => kind !== 'heading')
    if (!span) return
    const described = readable(chunk.text.slice(span.start, span.end))
    if (shown.length === 1) parts.push({ kind: 'template', template: 'dash', text: ' – ' })
    // Behind a list of titles the passages are cited, not read out.
    parts.push({
      kind: 'quote',
      quote: { chunk, start: span.start, end: span.end },
      text: shown.length === 1 ? described : '',
    })
  })
  return {
    rung: 'products',
    passage: first,
    parts,
    products: shown.map(({ chunk }) => chunk),
    keyMatch: 1,
    near: null,
    core: '',
    named: 1,
    subject: new Set(rest.map((word) => word.key)),
  }
}

function unique(passages: Passage[]): Passage[] {
  const seen = new Set<string>()
  return passages.filter(
    ({ chunk }) => chunk.kind === 'product' && !seen.has(chunk.documentId) && seen.add(chunk.documentId),
  )
}

function fieldKeys(chunk: Chunk, { language }: Question): Set<string> {
  const values = Object.values(chunk.attributes).map((value) =>
    typeof value === 'object' ? `${value.value} ${value.unit}` : String(value),
  )
  const names = Object.entries(chunk.attributes).flatMap(([name, value]) => (value === true ? [name] : []))
  const text = [
    chunk.title,
    chunk.category ?? '',
    chunk.scope.category ?? '',
    chunk.scope.brand ?? '',
    ...chunk.aliases,
    ...values,
    ...names,
  ].join(' ')
  return new Set(words(text.replaceAll('_', ' '), language).map((word) => word.key))
}

const fits = ({ price }: Chunk, below: number | null) =>
  below === null || (price !== undefined && price.amount <= below * 100)
