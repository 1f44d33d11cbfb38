import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { documentId } from '#domain/ids.ts'
import { type Collection, demoCollection, foreignCollections } from '../../bench/collections.ts'
import { linesOf, type Matter, type MatterQuestion, matters, retold, stretchesOf, stylesOf } from './matters.ts'
import { misspelt, pseudoRandom, shuffled, together } from './question-forms.ts'

const FOREIGN = resolve(import.meta.dirname, '../../../shared/data')
/** Utterances of one intent mean one thing: some of them become documents, the others ask for these. */
const INTENT_SETS = ['banking77', 'clinc150', 'bitext'] as const
const DOCUMENTS_AN_INTENT = 3
/** The same number of cases a set and form, so that no large set decides alone. */
const MOST_CASES = 100
/** How much of a listing's words somebody uses who has not read it. */
const KEPT = 0.5
/** Sentences on neighbouring subjects in an answer: a long one mentions much that it is not about. */
const MOST_AROUND = 8
/** Paragraphs a document. */
const SECTIONS = 4
const FOLDS = 5
/** Intents beside an intent that belong to its matter. */
const MOST_RELATED = 2

export type Form = 'plain' | 'misspelt' | 'pair' | 'story' | 'matter' | 'told'
export type DevelopmentCase = {
  id: string
  form: Form
  /** Cases about one subject share a fold. */
  fold: number
  text: string
  relevant: ReadonlySet<string>
  locale: string | undefined
  region: string | undefined
}
export type DevelopmentSet = { name: string; documents: ShopDocument[]; cases: DevelopmentCase[] }
type Asked = {
  id: string
  text: string
  relevant: ReadonlySet<string>
  locale?: string
  region?: string
  subject: string
  /** What people who write a story write about: one product line, one policy, neighbouring intents. */
  area: string
}

/**
 * The questions ranking may be fitted on, made by `seed` from the calibration half of the demo shop and from public data that no
 * result is claimed for: each question as it is, misspelt, with another one, and inside a story that asks several things.
 * Nothing here reads a collection that is measured (covidfaq, tau2, contoso, the demo shop's test half and retrieval cases).
 */
export function developmentSets(seed: number): DevelopmentSet[] {
  const demo = demoCollection((file) => file.includes('calibration'))
  const [squad] = foreignCollections(['squad2'])
  const [retail] = foreignCollections(['retail'])
  const sets = [
    ...(demo ? [inForms(demo.name, demo.documents, asked(demo, firstDocument, line), seed)] : []),
    ...(squad ? [inForms(squad.name, squad.documents, asked(squad, topic, topic), seed)] : []),
    ...(squad ? [inSections(squad, seed)] : []),
    ...(retail
      ? [inForms(retail.name, retail.documents, asked(retail, firstDocument, categoryIn(retail.documents)), seed)]
      : []),
    ...(retail ? [inForms('wishes', retail.documents, wishes(retail.documents, seed), seed)] : []),
  ]
  for (const name of INTENT_SETS) {
    const file = resolve(FOREIGN, `${name}-intents.jsonl`)
    if (existsSync(file)) sets.push(intentSet(name, readFileSync(file, 'utf8'), seed))
  }
  const byName = (name: string) => sets.find((set) => set.name === name)
  if (demo) withMatters(byName('demo'), linesOf(demo, line), seed)
  if (squad) withMatters(byName('squad2'), stretchesOf(squad), seed)
  if (retail)
    withMatters(
      byName('wishes'),
      stylesOf(retail.documents, wishes(retail.documents, seed, retail.documents.length)),
      seed,
    )
  return sets
}

function withMatters(set: DevelopmentSet | undefined, questions: MatterQuestion[], seed: number): void {
  if (!set) return
  const names = [...new Set(questions.map(({ matter }) => matter))].sort()
  const random = pseudoRandom(`${set.name} matters ${seed}`)
  const add = (form: Form, made: Matter[]) => {
    for (const { locale, region, matter, ...one } of made)
      set.cases.push({ ...one, form, fold: names.indexOf(matter) % FOLDS, locale, region })
  }
  add('matter', matters(questions, MOST_CASES, random))
  add('told', retold(questions, MOST_CASES, random))
}

type Naming = (relevant: ReadonlySet<string>) => string
function asked({ questions }: Collection, subject: Naming, area: Naming): Asked[] {
  return questions.map(({ id, text, relevant, locale, region }) => ({
    id,
    text,
    relevant,
    ...(locale ? { locale } : {}),
    ...(region ? { region } : {}),
    subject: subject(relevant),
    area: area(relevant),
  }))
}

const firstDocument = (relevant: ReadonlySet<string>) => [...relevant].sort()[0] ?? ''
/** `faq/shipping-bulky.en`: shipping; `product/brewick-dawn`: brewick. */
const line: Naming = (relevant) => /\/([^-.]+)/.exec(firstDocument(relevant))?.[1] ?? ''
const topic = (relevant: ReadonlySet<string>) => firstDocument(relevant).split('/').slice(0, -1).join('/')

function categoryIn(documents: ShopDocument[]): Naming {
  const categories = new Map<string, string>(documents.map(({ id, category }) => [id, category ?? '']))
  return (relevant) => categories.get(firstDocument(relevant)) ?? ''
}

function inForms(name: string, documents: ShopDocument[], questions: Asked[], seed: number): DevelopmentSet {
  const random = pseudoRandom(`${name} ${seed}`)
  const some = shuffled(questions, random).slice(0, MOST_CASES)
  const subjects = [...new Set(some.map(({ subject }) => subject))].sort()
  const cases: DevelopmentCase[] = []
  for (const one of some) {
    const fold = subjects.indexOf(one.subject) % FOLDS
    const { locale, region } = one
    const add = (form: Form, text: string, relevant: ReadonlySet<string>) =>
      cases.push({ id: `${one.id} ${form}`, form, fold, text, relevant, locale, region })
    add('plain', one.text, one.relevant)
    add('misspelt', misspelt(one.text, random), one.relevant)
    const others = shuffled(
      some.filter((other) => other !== one && other.locale === locale && other.region === region),
      random,
    )
    // Two questions may be about anything; who tells a story has one matter at heart, and asks one to three things about it.
    const alike = others.filter((other) => other.area === one.area)
    for (const [form, more] of [
      ['pair', others.slice(0, 1)],
      ['story', alike.slice(0, Math.floor(random() * 3))],
    ] as const) {
      const joined = [one, ...more]
      const relevant = new Set(joined.flatMap((other) => [...other.relevant]))
      add(
        form,
        together(
          joined.map(({ text }) => text),
          form === 'story',
          random,
        ),
        relevant,
      )
    }
  }
  return { name, documents, cases }
}

/** The same paragraphs as sections of longer documents: most shops' policies have several passages each. */
function inSections(squad: Collection, seed: number): DevelopmentSet {
  const documents: ShopDocument[] = []
  const homes = new Map<string, string>()
  for (const { id, title, text } of squad.documents) {
    const [, name = title, number = '1'] = /^(.*) \((\d+)\)$/.exec(title) ?? []
    const home = documentId(`sections/${name}/${Math.floor((Number(number) - 1) / SECTIONS)}`)
    homes.set(id, home)
    const last = documents.at(-1)
    if (last?.id === home) last.text += `\n\n## ${number}\n\n${text}`
    else documents.push({ id: home, kind: 'article', title: name, text: `## ${number}\n\n${text}` })
  }
  const questions = asked(squad, topic, topic).map((one) => ({
    ...one,
    id: `sections ${one.id}`,
    relevant: new Set([...one.relevant].flatMap((id) => homes.get(id) ?? [])),
  }))
  return inForms('sections', documents, questions, seed)
}

/** A listing's second sentence without the words of its name and half of the others: what somebody wants who does not know what it is called. */
function wishes(documents: ShopDocument[], seed: number, most = MOST_CASES): Asked[] {
  const random = pseudoRandom(`wishes ${seed}`)
  return shuffled(documents, random)
    .slice(0, most)
    .flatMap(({ id, title, text, category }) => {
      const named = new Set(title.toLowerCase().split(/\W+/))
      const words = (text.split(/[.!?](?:\s|$)/)[1] ?? '').split(/\s+/)
      const told = words
        .filter((word) => !named.has(word.toLowerCase().replace(/\W+/g, '')) && random() < KEPT)
        .join(' ')
        .trim()
      return told.length > 20
        ? [{ id: `wish ${id}`, text: told, relevant: new Set([id as string]), subject: id, area: category ?? '' }]
        : []
    })
}

function intentSet(name: string, rows: string, seed: number): DevelopmentSet {
  const random = pseudoRandom(`${name} documents ${seed}`)
  const intents = new Map<string, string[]>()
  for (const line of rows.split('\n').filter((line) => line.trim())) {
    const { text, intent, inScope } = readJson(line) as { text: string; intent: string; inScope: boolean }
    if (inScope) intents.set(intent, [...(intents.get(intent) ?? []), text])
  }
  const documents: ShopDocument[] = []
  const questions: Asked[] = []
  for (const [intent, texts] of [...intents].sort(([one], [two]) => (one < two ? -1 : 1))) {
    const mixed = shuffled([...new Set(texts)], random)
    const around = shuffled(
      [...intents].filter(([other]) => other !== intent && areRelated(intent, other)).flatMap(([, texts]) => texts),
      random,
    )
    const relevant = new Set<string>()
    // A title and a line of text each, of different utterances, so that neither has all the words.
    for (let place = 0; place < DOCUMENTS_AN_INTENT && mixed.length > 3; place += 1) {
      const [title, text] = mixed.splice(0, 2) as [string, string]
      const id = documentId(`${name}/${intent}/${place}`)
      const body = shuffled([text, ...around.splice(0, Math.floor(random() * (MOST_AROUND + 1)))], random)
      documents.push({ id, kind: 'faq', title, text: body.map((line) => line.replace(/[?.!]*$/, '.')).join(' ') })
      relevant.add(id)
    }
    for (const [place, text] of mixed.entries())
      questions.push({
        id: `${name}/${intent}/q${place}`,
        text,
        relevant,
        subject: intent,
        area: areaOf(intent, [...intents.keys()]),
      })
  }
  const set = inForms(name, documents, questions, seed)
  const names = [...intents.keys()]
  const pages = (intent: string) =>
    documents.filter(({ id }) => id.startsWith(`${name}/${intent}/`)).map(({ id }) => id as string)
  withMatters(
    set,
    questions.map(({ id, text, relevant, subject, area }) => {
      const related = names.filter((other) => other !== subject && areRelated(subject, other)).slice(0, MOST_RELATED)
      return { id, text, relevant, around: related.flatMap(pages), matter: area, one: subject }
    }),
    seed,
  )
  return set
}

/** The word of an intent's name that most intents have: `card_arrival` is about cards. */
function areaOf(intent: string, all: string[]): string {
  const spread = (word: string) => all.filter((other) => other.split('_').includes(word)).length
  const words = intent.split('_').filter((word) => word.length > 3)
  return words.sort((one, two) => spread(two) - spread(one))[0] ?? intent
}

/** Intents whose names share a word are neighbours: `card_arrival`, `lost_or_stolen_card`. */
function areRelated(one: string, other: string): boolean {
  const words = new Set(one.split('_').filter((word) => word.length > 3))
  return other.split('_').some((word) => words.has(word))
}
