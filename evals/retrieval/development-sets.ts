import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { documentId } from '#domain/ids.ts'
import { type Collection, demoCollection, foreignCollections } from '../../bench/collections.ts'
import { misspelt, pseudoRandom, shuffled, together } from './question-forms.ts'

const FOREIGN = resolve(import.meta.dirname, '../../../shared/data')
/** Utterances of one intent mean one thing: some of them become documents, the others ask for these. */
const INTENT_SETS = ['banking77', 'clinc150', 'bitext'] as const
const DOCUMENTS_AN_INTENT = 3
/** The same number of cases a set and form, so that no large set decides alone. */
const MOST_CASES = 150
const FOLDS = 5

export type Form = 'plain' | 'misspelt' | 'pair' | 'story'
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
    ...(demo ? [inForms(demo.name, demo.documents, asked(demo, firstDocument), seed)] : []),
    ...(squad ? [inForms(squad.name, squad.documents, asked(squad, topic), seed)] : []),
    ...(retail ? [inForms(retail.name, retail.documents, asked(retail, firstDocument), seed)] : []),
    ...(retail ? [inForms('wishes', retail.documents, wishes(retail.documents, seed), seed)] : []),
  ]
  for (const name of INTENT_SETS) {
    const file = resolve(FOREIGN, `${name}-intents.jsonl`)
    if (existsSync(file)) sets.push(intentSet(name, readFileSync(file, 'utf8'), seed))
  }
  return sets
}

function asked({ questions }: Collection, subject: (relevant: ReadonlySet<string>) => string): Asked[] {
  return questions.map(({ id, text, relevant, locale, region }) => ({
    id,
    text,
    relevant,
    ...(locale ? { locale } : {}),
    ...(region ? { region } : {}),
    subject: subject(relevant),
  }))
}

const firstDocument = (relevant: ReadonlySet<string>) => [...relevant].sort()[0] ?? ''
const topic = (relevant: ReadonlySet<string>) => firstDocument(relevant).split('/').slice(0, -1).join('/')

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
    // What is asked together is often about one subject, and seen by the same audience.
    const near = some.filter((other) => other !== one && other.locale === locale && other.region === region)
    const same = near.filter((other) => other.subject === one.subject)
    const others = shuffled(random() < 0.5 && same.length > 1 ? same : near, random)
    for (const [form, more] of [
      ['pair', 1],
      ['story', 2 + Math.floor(random() * 3)],
    ] as const) {
      const joined = [one, ...others.slice(0, more)]
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

/** A listing's first sentence without the words of its name: what somebody wants who does not know what it is called. */
function wishes(documents: ShopDocument[], seed: number): Asked[] {
  const random = pseudoRandom(`wishes ${seed}`)
  return shuffled(documents, random)
    .slice(0, MOST_CASES)
    .flatMap(({ id, title, text }) => {
      const named = new Set(title.toLowerCase().split(/\W+/))
      const words = (text.split(/[.!?](?:\s|$)/)[1] ?? '').split(/\s+/)
      const told = words
        .filter((word) => !named.has(word.toLowerCase().replace(/\W+/g, '')))
        .join(' ')
        .trim()
      return told.length > 30 ? [{ id: `wish ${id}`, text: told, relevant: new Set([id as string]), subject: id }] : []
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
    const relevant = new Set<string>()
    // A title and a line of text each, of different utterances, so that neither has all the words.
    for (let place = 0; place < DOCUMENTS_AN_INTENT && mixed.length > 3; place += 1) {
      const [title, text] = mixed.splice(0, 2) as [string, string]
      const id = documentId(`${name}/${intent}/${place}`)
      documents.push({ id, kind: 'article', title, text })
      relevant.add(id)
    }
    for (const [place, text] of mixed.entries())
      questions.push({ id: `${name}/${intent}/q${place}`, text, relevant, subject: intent })
  }
  return inForms(name, documents, questions, seed)
}
