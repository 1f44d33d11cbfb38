import { join } from 'node:path'
import type { Item } from '../../demo/generator/products.ts'
import { type Seeded, seeded } from '../../demo/generator/seeded.ts'
import { read } from '../../demo/generator/tables.ts'
import type { AttributeValue } from '../../src/domain/document.ts'
import { answersOf, priceAnswers } from './answer-strings.ts'
import type { GoldCase } from './gold-case.ts'

export type AttributeQuestions = Record<string, { ask: string[]; yesno?: boolean; leaks?: string; near?: string[] }>

export const attributeQuestions = () => read<AttributeQuestions>(join(import.meta.dirname, 'attribute-questions.yaml'))

const PRICE = [
  'How much is the {p}?',
  'What does the {p} cost?',
  'What is the price of the {p}?',
  'how much do you charge for the {p}',
  'Can you tell me what I would pay for the {p}?',
]
const OTHER = ['What is the {a} of the {p}?', 'Can you tell me the {a} of the {p}?', '{p}: what {a}?']
// Attributes nobody asks a shop about in these words, or whose answer is a bare word.
const LEFT_OUT = new Set(['brand', 'bulky item', 'sold as', 'perishable', 'organic', 'cut', 'season', 'type'])
// Almost every listing states these; asked of each, they would crowd out the rest.
const COMMON = new Set(['weight', 'colours', 'material'])

/** Every line of the catalog with its items, in table order. */
export function byLine(catalog: Item[]): Map<string, Item[]> {
  const lines = new Map<string, Item[]>()
  for (const item of catalog) lines.set(item.line.key, [...(lines.get(item.line.key) ?? []), item])
  return lines
}

/** Questions about attributes and prices that the listings answer. */
export function answerableProductCases(catalog: Item[]): GoldCase[] {
  const questions = attributeQuestions()
  return [...byLine(catalog)].flatMap(([key, items], at) => {
    const chance = seeded(`gold ${key}`)
    const cases = attributeCases(key, items, questions, chance).slice(0, at % 3 === 0 ? 2 : 1)
    return at % 3 === 1 ? [...cases, priceCase(key, items, chance)] : cases
  })
}

/** One way to name what is asked about: the listing's title, or without the brand. */
export function subject({ title, line }: Item, whole: boolean, chance: Seeded): string {
  const named = whole ? title : `${line.brand} ${line.name}`
  const name = chance.chance(0.4) ? named.slice(line.brand.length + 1) : named
  return name.replace(/, /, whole ? (chance.chance(0.5) ? ' ' : ', ') : ', ')
}

/** Now and then people do not bother with capitals. */
export function typed(question: string, chance: Seeded): string {
  return chance.chance(0.12) ? question.toLowerCase().replace(/\?$/, '') : question
}

function attributeCases(key: string, items: Item[], questions: AttributeQuestions, chance: Seeded): GoldCase[] {
  const first = items[0] as Item
  const names = Object.keys(first.attributes).filter((name) => !LEFT_OUT.has(name))
  // Attributes people ask about come first, in an order that differs from line to line.
  const ranked = names
    .map((name) => ({ name, rank: chance.next() + (questions[name] ? 0 : 1) + (COMMON.has(name) ? 0.4 : 0) }))
    .sort((one, other) => one.rank - other.rank)
  return ranked.flatMap(({ name }) => {
    const item = chance.pick(items)
    const value = item.attributes[name]
    if (value === undefined || !askable(value, questions[name]?.yesno)) return []
    const same = items.filter((other) => JSON.stringify(other.attributes[name]) === JSON.stringify(value))
    const lineWide = same.length === items.length
    const template = chance.pick(questions[name]?.ask ?? OTHER)
    const question = template.replace('{p}', subject(item, !lineWide, chance)).replace('{a}', name)
    const answers = answersOf(value)
    // A question that holds its own answer proves nothing either.
    if (answers.some((answer) => question.includes(answer))) return []
    return [
      {
        question: typed(question, chance),
        expect: 'answer' as const,
        answers,
        documents: (lineWide ? items : [item]).map(({ id }) => id),
        tags: ['product', 'templated', 'attribute'],
        groups: [key],
      },
    ]
  })
}

function askable(value: AttributeValue, yesno: boolean | undefined): boolean {
  if (typeof value === 'boolean') return yesno === true
  // A bare small number would be found in almost any answer, so it proves nothing.
  if (typeof value === 'number') return value >= 10
  return true
}

function priceCase(key: string, items: Item[], chance: Seeded): GoldCase {
  const item = chance.pick(items)
  const lineWide = items.every(({ price }) => price === item.price)
  return {
    question: typed(chance.pick(PRICE).replace('{p}', subject(item, !lineWide, chance)), chance),
    expect: 'answer',
    answers: priceAnswers(item.price),
    documents: (lineWide ? items : [item]).map(({ id }) => id),
    tags: ['product', 'templated', 'price'],
    groups: [key],
  }
}

/** All attribute names a line states in any of its variants. */
export function statedNames(items: Item[]): Set<string> {
  return new Set(items.flatMap(({ attributes, line }) => [...Object.keys(attributes), ...Object.keys(line.attrs)]))
}
