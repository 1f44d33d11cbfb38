import type { Passage } from '../retrieval.port.ts'
import type { Question } from '../understand/understanding.port.ts'
import type { WeighedWord } from '../understand/weighing.ts'
import type { Candidate } from './composer.port.ts'
import { likeness } from './likeness.ts'
import { subjectOf } from './listing/product.ts'
import { keysAsked, quotes } from './passage.ts'
import { spansOf } from './text/spans.ts'

const EXISTS =
  /^(?:hi,? |hello,? )?(?:do|can) (?:you|i|we) (?:offer|have|do|provide|sell|get|buy|use)\b|^(?:is|are) there\b|^(?:gibt es|bietet ihr|bieten sie|habt ihr|haben sie)\b/i
// The page's own name must be what was asked about, nothing more and nothing less.
const SAME = 0.75
const OPENING = 300

/** `Do you offer gift cards?` is answered by the opening of the page called Gift cards. Null where no page is called so. */
export function topicAnswer(question: Question, asked: WeighedWord[], passages: Passage[]): Candidate | null {
  if (!EXISTS.test(question.text)) return null
  const pages = passages.filter(({ chunk }) => chunk.kind === 'policy' || chunk.kind === 'article')
  const named = pages.flatMap((passage) => {
    const match = Math.max(
      ...[passage.chunk.title, ...passage.chunk.aliases].map((name) => likeness(question, asked, name)),
    )
    return match >= SAME ? [{ passage, match }] : []
  })
  const first = named.toSorted((left, right) => left.passage.chunk.position - right.passage.chunk.position)[0]
  if (!first) return null
  const { chunk } = first.passage
  const spans = spansOf(chunk.text)
  const opening = spans.findIndex(({ kind, start, end }) => kind === 'sentence' && end - start <= OPENING)
  if (opening < 0) return null
  const parts = quotes(first.passage, spans, [opening], keysAsked(question))
  return {
    rung: 'faq',
    passage: first.passage,
    parts,
    products: [],
    keyMatch: first.match,
    near: first.match,
    core: '',
    named: 0,
    subject: subjectOf(question, chunk),
  }
}
