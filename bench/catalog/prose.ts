import type { Seeded } from '../../demo/generator/seeded.ts'
import type { AttributeValue } from '../../src/domain/document.ts'
import { spoken } from './attributes.ts'
import { inventedName, zipf } from './invented-words.ts'
import type { Line, Wording } from './lines.ts'

/** Named finishes, fabrics and methods: the long tail of a catalog's words. */
const TECHNIQUES = 30_000
const QUALITIES =
  'quiet|sturdy|light|compact|slim|plain|generous|hand-finished|hard-wearing|foldable|rounded|soft|robust|simple|reliable|understated|repairable|everyday|full-size|narrow|deep|weatherproof|washable|well-balanced|thick-walled|springy|matt|polished'.split(
    '|',
  )
const PLACES =
  'small flats|long weekends|the commute|family kitchens|the balcony|rainy days|the guest room|shared offices|students|early risers|people with little space|the workshop|the garden shed|cold mornings|long journeys|the hallway|children|the studio|the night train|beginners'.split(
    '|',
  )
const THINGS =
  'coating|weave|joint|frame|finish|core|seam|lining|mechanism|hinge|glaze|filling|edge|base|shell|fitting'.split('|')
const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December'.split('|')
const YEARS = 'spring|summer|autumn|winter'.split('|')

/**
 * A description as long as real ones (some 45 words): an opening of its own, one or two sentences put together from halves of
 * the line's and its category's, one about its own values, what is in the box. `about` is the product's name without the brand.
 */
export function description(
  line: Line,
  about: string,
  attributes: Record<string, AttributeValue>,
  { heads, tails }: Wording,
  chance: Seeded,
): string {
  const technique = inventedName('technique', zipf(TECHNIQUES, chance))
  const thing = chance.pick(THINGS)
  const sentences = [opening(line.type, about, technique, thing, chance)]
  const own = chance.between(0, 2)
  const fill = (text: string) =>
    text.replace(/\{([a-z -]+)\}/g, (_place, name: string) => spoken(attributes[name] ?? name))
  const first = heads.get(line.category) ?? line.sentences
  const second = tails.get(line.category) ?? []
  for (let count = 0; count < own; count += 1) {
    const whole = second.length === 0 || chance.chance(0.15)
    const sentence = whole ? chance.pick(line.sentences) : `${chance.pick(first)}${chance.pick(second)}.`
    sentences.push(fill(sentence))
  }
  const said = ownValues(attributes, chance)
  if (said) sentences.push(said)
  if (chance.chance(0.5)) sentences.push(fromWhere(technique, thing, chance))
  const paragraphs = [sentences.join(' ')]
  if (line.box.length && chance.chance(0.6)) {
    const parts = Array.from({ length: chance.between(2, 4) }, () => chance.pick(line.box))
    paragraphs.push(`**In the box:** ${[...new Set(parts)].join(', ')}.`)
  }
  if (line.care.length && chance.chance(0.3)) paragraphs.push(`**Care:** ${chance.pick(line.care)}`)
  return paragraphs.join('\n\n')
}

function opening(type: string, about: string, technique: string, thing: string, chance: Seeded): string {
  const [one, two] = [chance.pick(QUALITIES), chance.pick(QUALITIES)]
  const [place, other] = [chance.pick(PLACES), chance.pick(PLACES)]
  const [article, another] = [one, two].map((word) => (/^[aeiou]/.test(word) ? 'an' : 'a')) as [string, string]
  return chance.pick([
    `${capital(article)} ${one} ${type} for ${place}, made with the ${technique} ${thing}.`,
    `The ${about} is ${another} ${two} ${type} with the ${technique} ${thing}, meant for ${place} rather than for ${other}.`,
    `${capital(article)} ${one}, ${two} ${type}: its ${technique} ${thing} was drawn for ${place}.`,
    `Made for ${place}: ${article} ${one} ${type} whose ${technique} ${thing} stays ${two} for years.`,
    `For ${place} and ${other}, ${another} ${two} ${type} with our ${technique} ${thing}.`,
  ])
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function ownValues(attributes: Record<string, AttributeValue>, chance: Seeded): string | null {
  const told = Object.entries(attributes).filter(([, value]) => typeof value === 'object')
  if (told.length === 0) return null
  const [name, value] = chance.pick(told)
  const [otherName, other] = chance.pick(told)
  const rest = otherName === name ? '' : chance.pick([` The ${otherName} is ${spoken(other)}.`, '', ''])
  return (
    chance.pick([
      `Its ${name} is ${spoken(value)}.`,
      `We measured the ${name} at ${spoken(value)}.`,
      `With ${spoken(value)} of ${name} it is ${chance.pick(QUALITIES)} enough for ${chance.pick(PLACES)}.`,
    ]) + rest
  )
}

function fromWhere(technique: string, thing: string, chance: Seeded): string {
  const town = inventedName('town', zipf(4_000, chance))
  return chance.pick([
    `The ${thing} comes from a family workshop in ${town}, where it has been made since ${chance.between(1890, 2021)}.`,
    `New in ${chance.pick(YEARS)}: tested for ${chance.between(2, 40)} weeks in ${town}.`,
    `Designed in ${town}, delivered from ${chance.pick(MONTHS)} on, and spare parts for the ${technique} ${thing} are kept for ${chance.between(5, 15)} years.`,
  ])
}
