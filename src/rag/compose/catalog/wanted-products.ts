import type { Chunk } from '#domain/document.ts'
import type { RetrievalResult } from '../../retrieval.port.ts'
import type { CatalogFinding } from '../../understand/catalog/catalog.port.ts'
import type { Question } from '../../understand/understanding.port.ts'
import { wordKey, words } from '../../understand/words.ts'
import type { Candidate, Part } from '../composer.port.ts'
import { filled } from '../phrases.ts'
import { type Fact, factOf, factsOf, lineOf, passageOf, saidName } from './facts.ts'

type List = Extract<CatalogFinding, { kind: 'list' }>

/**
 * The products whose fields fit, each with the fields that were asked for; or, where every product of the kind says otherwise, that
 * none does. Null where nothing fits and a listing is silent: then nobody can tell.
 */
export function wantedProducts(question: Question, list: List, found: RetrievalResult): Candidate | null {
  const { speech } = question
  const fits = list.fitting.length > 0
  if (!fits && (!list.typed || !list.whole || list.silent > 0 || list.failing.length === 0)) return null
  const shown = list.ranked && fits ? firstOf(list, question) : fits ? list.fitting : list.failing
  const [first] = shown
  if (!first || (!fits && !shown.every((chunk) => speaks(chunk, question)))) return null
  const lead = leadOf(list, shown, question)
  const parts: Part[] = [{ kind: 'template', template: 'lead', text: lead }]
  for (const chunk of shown) {
    const facts = list.slots.flatMap((slot) => factOf(chunk, slot, speech) ?? [])
    const once = facts.filter((fact, place) => facts.findIndex(({ name }) => name === fact.name) === place)
    parts.push(
      { kind: 'template', template: 'next', text: '\n' },
      ...lineOf(chunk, [...once, ...worded(chunk, list, question)], speech),
    )
  }
  const counts = [list.total, shown.length, list.failed, list.silent]
  if (fits && list.typed && list.silent > 0)
    parts.push({
      kind: 'template',
      template: 'silent',
      text: `\n${filled(speech, 'products_silent', { count: String(list.silent) })}`,
    })
  return {
    rung: 'products',
    passage: passageOf(first, found),
    parts,
    products: shown,
    keyMatch: 1,
    near: null,
    core: '',
    named: 1,
    // Words alone are for the gate to weigh; conditions on fields were decided.
    subject: new Set((list.typed ? question.content : wordsAsked(list, question)).map(({ key }) => key)),
    typed: list.typed,
    counts,
  }
}

// That none of a kind fits is only sure where the kind was named in the listings' own language.
const speaks = ({ locale, language }: Chunk, question: Question) =>
  (locale ?? language ?? question.language).toLowerCase().startsWith(question.language)

const MOST_WORDED = 3

// `bluetooth` is met by `connection: Bluetooth 5.3`: shown, where the title does not say it already.
function worded(chunk: Chunk, { words: asked, slots }: List, { language, speech }: Question): Fact[] {
  const keysOf = (text: string) => new Set(words(text, language).map(({ key }) => key))
  const title = keysOf(chunk.title)
  const shown = new Set(slots.flatMap((slot) => factOf(chunk, slot, speech)?.name ?? []))
  const facts = factsOf(chunk, speech).filter(({ name }) => name !== 'price' && !shown.has(name))
  const met = asked.flatMap((word) => {
    const key = wordKey(word, language)
    if (title.has(key)) return []
    return facts.find(({ name, value }) => keysOf(`${name} ${value}`).has(key)) ?? []
  })
  return [...new Set(met)].slice(0, MOST_WORDED)
}

const wordsAsked = ({ words: asked }: List, { content }: Question) => content.filter(({ text }) => asked.includes(text))

// Several share the first place when they say the same.
function firstOf({ fitting, slots }: List, { speech }: Question): Chunk[] {
  const slot = slots.at(-1)
  const [first] = fitting
  if (!slot || !first) return fitting.slice(0, 1)
  const best = factOf(first, slot, speech)?.value
  return fitting.filter((chunk) => factOf(chunk, slot, speech)?.value === best)
}

function leadOf(list: List, shown: Chunk[], { speech }: Question): string {
  if (list.fitting.length === 0) return filled(speech, 'products_none', { count: String(list.failed) })
  const slot = list.slots.at(-1)
  if (list.ranked) {
    const [first] = shown
    const name = slot && first ? saidName(factOf(first, slot, speech)?.name ?? '', first, speech) : ''
    return filled(speech, `products_${list.ranked}`, { count: String(list.total), name })
  }
  if (list.total > shown.length)
    return filled(speech, 'products_some', { count: String(list.total), shown: String(shown.length) })
  return filled(speech, shown.length === 1 ? 'products_one' : 'products_many', {})
}
