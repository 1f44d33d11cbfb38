import { join } from 'node:path'
import { type Item, productDocument } from '../../demo/generator/products.ts'
import { seeded } from '../../demo/generator/seeded.ts'
import { read, type Shop } from '../../demo/generator/tables.ts'
import type { GoldCase } from './gold-case.ts'
import { attributeQuestions, byLine, statedNames, subject, typed } from './product-cases.ts'

type Unstated = { id: string; ask: string[]; only?: string[]; leaks: string }
type NotSold = { things: [string, string][]; models: { near: string; q: string }[] }

const UNSTATED_EVERY = 2
// Fewer, and the question would sound odd for the category.
const SIBLINGS_THAT_TELL = 3

/** Questions the listings do not answer: an attribute the siblings state, one nobody states, things and models not sold. */
export function productTraps(catalog: Item[], shop: Shop): GoldCase[] {
  const lines = byLine(catalog)
  const texts = new Map(
    [...lines].map(([key, items]) => [key, items.map((item) => productDocument(item, shop).text).join('\n')]),
  )
  return [...siblingsTell(lines, texts), ...nobodyTells(lines, texts), ...notSold()]
}

function siblingsTell(lines: Map<string, Item[]>, texts: Map<string, string>): GoldCase[] {
  const questions = attributeQuestions()
  return [...lines].flatMap(([key, items]) => {
    const chance = seeded(`sibling ${key}`)
    const known = statedNames(items)
    const category = items[0]?.category
    const siblings = [...lines.values()].filter((other) => other[0]?.category === category && other !== items)
    const missing = Object.entries(questions).filter(([name, { leaks, near }]) => {
      if (!leaks || known.has(name) || near?.some((close) => known.has(close))) return false
      const telling = siblings.filter((other) => statedNames(other).has(name)).length
      return telling >= SIBLINGS_THAT_TELL && !new RegExp(leaks, 'i').test(texts.get(key) ?? '')
    })
    if (missing.length === 0) return []
    const [, { ask }] = chance.pick(missing)
    return [
      trap(
        typed(chance.pick(ask).replace('{p}', subject(items[0] as Item, false, chance)), chance),
        [key],
        'attribute-siblings-state',
      ),
    ]
  })
}

function nobodyTells(lines: Map<string, Item[]>, texts: Map<string, string>): GoldCase[] {
  const table = read<Unstated[]>(join(import.meta.dirname, 'unstated.yaml'))
  return [...lines].flatMap(([key, items], at) => {
    if (at % UNSTATED_EVERY !== 0) return []
    const chance = seeded(`unstated ${key}`)
    const first = items[0] as Item
    const fitting = table.filter(
      ({ only, leaks }) =>
        (only?.includes(first.category) ?? true) &&
        !new RegExp(leaks, 'i').test(`${texts.get(key)} ${[...statedNames(items)].join(' ')}`),
    )
    const special = fitting.filter(({ only }) => only)
    if (fitting.length === 0) return []
    const { ask } = chance.pick(special.length > 0 && chance.chance(0.6) ? special : fitting)
    return [
      trap(
        typed(chance.pick(ask).replace('{p}', subject(first, false, chance)), chance),
        [key],
        'attribute-nobody-states',
      ),
    ]
  })
}

function notSold(): GoldCase[] {
  const { things, models } = read<NotSold>(join(import.meta.dirname, 'not-sold.yaml'))
  return [
    ...things.map(([thing, question]) => trap(question, [`absent ${thing}`], 'not-sold')),
    ...models.map(({ near, q }) => trap(q, [near], 'no-such-model')),
  ]
}

const trap = (question: string, groups: string[], tag: string): GoldCase => ({
  question,
  expect: 'abstain',
  answers: [],
  documents: [],
  tags: ['product', 'templated', tag],
  groups,
})
