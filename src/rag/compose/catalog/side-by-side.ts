import type { Chunk } from '#domain/document.ts'
import type { RetrievalResult } from '../../retrieval.port.ts'
import type { AskedSlot, CatalogFinding } from '../../understand/catalog/catalog.port.ts'
import { fieldName, slotMeasure } from '../../understand/catalog/columns/slot-column.ts'
import type { Question, Speech } from '../../understand/understanding.port.ts'
import { wordKey } from '../../understand/words.ts'
import type { Candidate, Part } from '../composer.port.ts'
import { filled } from '../phrases.ts'
import { tableCell } from '../text/table-cell.ts'
import { type Fact, factOf, factsOf, passageOf, saidName, spanNear } from './facts.ts'

type Comparison = Extract<CatalogFinding, { kind: 'comparison' }>

/** More fields than this nobody compares in a chat; the pages have the rest. */
const MOST_FIELDS = 8

/** Two listings or more side by side, field by field, and which has most of what was asked. Null where none says it. */
export function sideBySide(question: Question, comparison: Comparison, found: RetrievalResult): Candidate | null {
  const { language, speech } = question
  const { sides, slot, more } = comparison
  const [left] = sides
  if (!left || sides.length < 2) return null
  const slots = slot ? [slot] : differing(sides, speech)
  const said = sides.map((chunk) => slots.map((one) => factOf(chunk, one, speech)))
  if (slots.length === 0 || said.every((facts) => facts.every((fact) => fact === null))) return null
  const parts = tableOf(
    sides,
    slots.map((one, at) => ({
      name: saidName(nameOf(one, said, at), left, speech),
      facts: said.map((facts) => facts[at] ?? null),
    })),
    filled(speech, 'unsaid', {}),
  )
  const verdict = slot ? verdictOf(sides, slot, more ?? true, speech) : null
  if (verdict) parts.push({ kind: 'template', template: 'verdict', text: `\n${verdict}` })
  const titles = new Set([...question.content.map(({ key }) => key)])
  const whole = slots.length > 0 && said.every((facts) => facts.some((fact) => fact !== null))
  return {
    rung: 'comparison',
    passage: passageOf(left, found),
    parts,
    products: sides,
    keyMatch: whole ? 1 : 0.9,
    near: null,
    core: '',
    named: 1,
    subject: new Set([...titles, ...comparison.explained.map((word) => wordKey(word, language))]),
    typed: true,
    counts: [],
  }
}

type Row = { name: string; facts: (Fact | null)[] }

/** A column a listing and a row a field, as GitHub's Markdown writes it; each value with the listing as its source. */
function tableOf(sides: Chunk[], rows: Row[], unsaid: string): Part[] {
  const line = (cells: string[]): Part => ({
    kind: 'template',
    template: 'row',
    text: `${tableRow(cells)}\n`,
  })
  const head = [line(['', ...sides.map(({ title }) => title)]), line(['', ...sides].map(() => '---'))]
  const body = rows.flatMap(({ name, facts }): Part[] => [
    line([name, ...facts.map((fact) => fact?.value ?? unsaid)]),
    ...facts.flatMap((field, at): Part[] => {
      const chunk = sides[at]
      const quote = field && chunk && spanNear(chunk, field)
      return quote ? [{ kind: 'quote', quote, text: '', field }] : []
    }),
  ])
  return [...head, ...body]
}

const tableRow = (cells: string[]) => `| ${cells.map(tableCell).join(' | ')} |`

/** Which of them has most (or least) of the field, as a sentence; null where they cannot be compared. */
export function verdictOf(sides: Chunk[], slot: AskedSlot, more: boolean, speech: Speech): string | null {
  const measured = sides.flatMap((chunk) => {
    const measure = measureOf(chunk, slot)
    return measure ? [{ ...measure, chunk }] : []
  })
  const [first, ...others] = measured
  if (!first || measured.length < sides.length) return null
  if (others.some(({ unit, name }) => unit !== first.unit || name !== first.name)) return null
  const name = saidName(first.name, first.chunk, speech)
  if (others.every(({ low, high }) => low === first.low && high === first.high))
    return sides.length === 2 ? filled(speech, 'both_same', { name }) : null
  // Ranges that meet have no winner.
  const leads = measured.find((one) =>
    measured.every((other) => other === one || (more ? one.low > other.high : one.high < other.low)),
  )
  return leads ? filled(speech, more ? 'has_more' : 'has_less', { name, title: leads.chunk.title }) : null
}

function measureOf(chunk: Chunk, { names }: AskedSlot) {
  for (const name of names) {
    const own = Object.entries(chunk.attributes).find(([key]) => fieldName(key) === name)
    const value = name === 'price' && chunk.price ? chunk.price : own?.[1]
    const measure = value === undefined ? null : slotMeasure(value, own && chunk.measures?.[own[0]])
    if (measure) return { ...measure, name: own ? own[0].replaceAll('_', ' ') : name }
  }
  return null
}

// What all say and not all say alike, then what only some say.
function differing(sides: Chunk[], speech: Speech): AskedSlot[] {
  const values = new Map<string, string[]>()
  for (const chunk of sides)
    for (const { name, value } of factsOf(chunk, speech))
      values.set(fieldName(name), [...(values.get(fieldName(name)) ?? []), value])
  const all = [...values].filter(([, said]) => said.length === sides.length && new Set(said).size > 1)
  const some = [...values].filter(([, said]) => said.length < sides.length)
  return [...all, ...some].slice(0, MOST_FIELDS).map(([name]) => ({ names: [name] }))
}

function nameOf(slot: AskedSlot | undefined, said: (Fact | null)[][], at: number): string {
  return said.flatMap((facts) => facts[at]?.name ?? [])[0] ?? slot?.names[0] ?? ''
}
