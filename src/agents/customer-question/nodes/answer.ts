import type { Citation, ListedField, ProductCard } from '#domain/answer.ts'
import type { Chunk } from '#domain/document.ts'
import type { Candidate, Composer } from '#rag/compose/composer.port.ts'
import type { Speech } from '#rag/understand/understanding.port.ts'
import { answerOf } from '../answer-of.ts'
import { say } from '../phrases.ts'
import type { QuestionState } from '../state.ts'

/** More cards than fit a small screen help nobody choose (experience.md, W17). */
const CARDS = 5

/** Says what passed the gate, with the words it rests on. */
export function answer(composer: Composer) {
  return (state: QuestionState) => {
    const { candidate } = state.judgement
    if (!candidate) throw new TypeError('the gate passed no candidate')
    const { live } = state.found
    const told = new Set(live?.documents)
    const shown = candidate.products.slice(0, CARDS)
    const products = shown.map((chunk) =>
      productCard(chunk, live && told.has(chunk.documentId) ? live.at : state.input.at.toISOString()),
    )
    const receipts = shown.flatMap(({ documentId, sku }) =>
      live && told.has(documentId) ? [{ tool: 'product_look_up', subject: sku ?? documentId, at: live.at }] : [],
    )
    const route = products.length > 0 ? ('product' as const) : ('knowledge' as const)
    return {
      answer: answerOf(state, {
        outcome: 'answered',
        route,
        text: asWritten(candidate, state.question.speech) + composer.text(candidate),
        citations: citations(candidate),
        products,
        receipts,
      }),
    }
  }
}

/** Says so where the words that follow are quoted from a page in another language; nothing is translated. */
function asWritten({ parts }: Candidate, speech: Speech): string {
  const [other] = parts.flatMap((part) => {
    const language = part.kind === 'quote' && part.text ? (part.quote.chunk.locale ?? part.quote.chunk.language) : null
    return language && language.toLowerCase().split('-')[0] !== speech ? [language] : []
  })
  if (!other) return ''
  const name = new Intl.DisplayNames([speech], { type: 'language', fallback: 'code' }).of(other.split('-')[0] ?? other)
  return `${say(speech, 'as_written', { language: name ?? other })}\n`
}

// Neighbouring quotes of one passage are one citation as long as only white space or a table's bars part them.
function citations({ parts }: Candidate): Citation[] {
  const runs: { chunk: Chunk; start: number; end: number; field: ListedField | null }[] = []
  for (const part of parts) {
    if (part.kind !== 'quote') continue
    const { chunk, start, end } = part.quote
    const last = runs.at(-1)
    if (last && last.chunk.id === chunk.id && last.end <= start && /^[\s|]*$/.test(chunk.text.slice(last.end, start)))
      last.end = end
    else runs.push({ chunk, start, end, field: part.field ?? null })
  }
  return runs.map(({ chunk, start, end, field }) => ({
    documentId: chunk.documentId,
    chunkId: chunk.id,
    title: chunk.title,
    url: chunk.url ?? null,
    quote: chunk.text.slice(start, end),
    updatedAt: chunk.updatedAt,
    language: chunk.locale ?? chunk.language ?? null,
    state: 'current',
    field,
  }))
}

function productCard({ documentId, sku, title, url, price, availability, image }: Chunk, asOf: string): ProductCard {
  return {
    documentId,
    sku: sku ?? null,
    title,
    url: url ?? null,
    price: price ?? null,
    availability: availability ?? null,
    image: image ? { url: image.url, alt: image.alt ?? null } : null,
    asOf,
  }
}
