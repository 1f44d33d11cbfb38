import type { ShopDocument } from '#domain/document.ts'
import type { Collection } from '../../bench/collections.ts'
import { surelyIn } from '../../src/rag/encoder/language.ts'
import { wordsOf } from '../../src/rag/encoder/words.ts'
import { messageOf, shuffled } from './question-forms.ts'

/** What somebody may ask, the pages that answer it, and what it is about. */
export type MatterQuestion = {
  id: string
  text: string
  relevant: ReadonlySet<string>
  /** Pages on the same thing, those of `relevant` among them or not. */
  around: readonly string[]
  /** Who writes about it asks other questions of the same matter. */
  matter: string
  /** Other questions of this say the same thing or ask about the same page. */
  one: string
  locale?: string
  region?: string
}
export type Matter = Omit<MatterQuestion, 'around' | 'one'>

const SENTENCES = [3, 4, 5] as const
const LEAST_PAGES = 5
const MOST_PAGES = 25
/** Paragraphs an article tells one thing in. */
const STRETCH = 8

/**
 * Long messages about one matter: three to five questions of it one after another, seldom anything else, and everything the shop has on the
 * matter is worth reading, not the pages alone that answer the single sentences.
 */
export function matters(questions: MatterQuestion[], most: number, random: () => number): Matter[] {
  return messages(questions, ({ matter }) => matter, true, most, random)
}

/** One thing told in three to five sentences, none of which says it all; what answers it is wanted. */
export function retold(questions: MatterQuestion[], most: number, random: () => number): Matter[] {
  return messages(questions, ({ one }) => one, false, most, random)
}

function messages(
  questions: MatterQuestion[],
  about: (question: MatterQuestion) => string,
  all: boolean,
  most: number,
  random: () => number,
): Matter[] {
  const made: Matter[] = []
  for (const one of shuffled(questions, random)) {
    if (made.length === most) break
    const alike = questions.filter(
      (other) =>
        other !== one &&
        other.text !== one.text &&
        about(other) === about(one) &&
        other.locale === one.locale &&
        other.region === one.region,
    )
    const wanted = SENTENCES[Math.floor(random() * SENTENCES.length)] ?? SENTENCES[0]
    const told = [one, ...shuffled(alike, random).slice(0, wanted - 1)]
    const relevant = new Set(told.flatMap(({ relevant, around }) => [...relevant, ...(all ? around : [])]))
    if (told.length < SENTENCES[0]) continue
    if (all && (relevant.size < LEAST_PAGES || relevant.size > MOST_PAGES)) continue
    const { id, matter, locale, region } = one
    made.push({
      id: `${id} ${all ? 'matter' : 'told'}`,
      text: messageOf(
        told.map(({ text }) => text),
        random,
      ),
      relevant,
      matter,
      ...(locale ? { locale } : {}),
      ...(region ? { region } : {}),
    })
  }
  return made
}

/** A shop's lines: a maker's things or a subject's pages, in the language of the question. */
export function linesOf(shop: Collection, line: (relevant: ReadonlySet<string>) => string): MatterQuestion[] {
  const inLine = new Map<string, ShopDocument[]>()
  for (const document of shop.documents) {
    const name = line(new Set([document.id]))
    inLine.set(name, [...(inLine.get(name) ?? []), document])
  }
  return shop.questions.map(({ id, text, relevant, locale, region }) => {
    const name = line(relevant)
    const language = locale ?? surelyIn(wordsOf(text)) ?? 'en'
    const around = (inLine.get(name) ?? []).filter((page) => !page.locale || page.locale === language)
    return {
      id,
      text,
      relevant,
      around: around.map(({ id }) => id),
      matter: `${name} ${language}`,
      one: `${[...relevant].sort()[0]} ${language}`,
      ...(locale ? { locale } : {}),
      ...(region ? { region } : {}),
    }
  })
}

/** Stretches of articles cut into numbered paragraphs: what follows one another is about one thing, and neighbours are worth reading. */
export function stretchesOf({ documents, questions }: Collection): MatterQuestion[] {
  const known = new Set<string>(documents.map(({ id }) => id))
  const places = (page: string) => /^(.*\/)(\d+)$/.exec(page) ?? ['', page, '0']
  return questions.map(({ id, text, relevant }) => {
    const around = [...relevant].flatMap((page) => {
      const [, name = '', number = ''] = places(page)
      return [-1, 1].map((step) => `${name}${Number(number) + step}`).filter((next) => known.has(next))
    })
    const first = [...relevant].sort()[0] ?? ''
    const [, name = '', number = ''] = places(first)
    return { id, text, relevant, around, matter: `${name}${Math.floor((Number(number) - 1) / STRETCH)}`, one: first }
  })
}

/** Things of one style: who wants one of them looks at all. */
export function stylesOf(
  documents: ShopDocument[],
  wishes: { id: string; text: string; relevant: ReadonlySet<string>; subject: string }[],
): MatterQuestion[] {
  const styleOf = new Map<string, string>(
    documents.map(({ id, category, attributes }) => [id, `${category}/${attributes?.style}`]),
  )
  const inStyle = new Map<string, string[]>()
  for (const [id, style] of styleOf) inStyle.set(style, [...(inStyle.get(style) ?? []), id])
  return wishes.map(({ id, text, relevant, subject }) => {
    const matter = styleOf.get(subject) ?? ''
    return { id, text, relevant, around: inStyle.get(matter) ?? [], matter, one: subject }
  })
}
