import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pageId } from '../../demo/generator/help-pages.ts'
import { items } from '../../demo/generator/products.ts'
import { categories, faqGroups, policySources, shop } from '../../demo/generator/tables.ts'
import { datasetRow, type GoldCase } from './gold-case.ts'
import { type Half, halves } from './halves.ts'
import { handWrittenCases } from './hand-written.ts'
import { answerablePolicyCases, policyTraps } from './policy-cases.ts'
import { answerableProductCases } from './product-cases.ts'
import { productTraps } from './product-traps.ts'

const OUT = join(import.meta.dirname, '..', 'datasets', 'demo-shop')

/** Every gold case of the demo shop, each question once. */
export function goldCases(): GoldCase[] {
  const catalog = items(categories())
  const cases = [
    ...answerableProductCases(catalog),
    ...productTraps(catalog, shop()),
    ...answerablePolicyCases(),
    ...policyTraps(),
    ...handWrittenCases(documentGroups()),
  ]
  const seen = new Set<string>()
  return cases.filter(({ question }) => {
    const key = question.toLowerCase()
    return !seen.has(key) && seen.add(key)
  })
}

/** The dataset files by name; the same tables give the same bytes. */
export function goldFiles(): Record<`${Half}.jsonl`, string> {
  const dealt = halves(goldCases())
  const file = (half: Half) => dealt[half].map((gold) => `${JSON.stringify(datasetRow(gold))}\n`).join('')
  return { 'calibration.jsonl': file('calibration'), 'test.jsonl': file('test') }
}

/** The group of a document: its product line, or the topic of its help page. Throws on an unknown id. */
export function documentGroups(): (document: string) => string {
  const groups = new Map<string, string>()
  for (const item of items(categories())) groups.set(item.id, item.line.key)
  for (const page of policySources()) groups.set(pageId(page), page.topic)
  for (const { topic, items: asked } of faqGroups())
    for (const { id, de } of asked) {
      groups.set(`faq/${id}.en`, topic)
      if (de) groups.set(`faq/${id}.de`, topic)
    }
  return (document) => {
    const group = groups.get(document)
    if (group === undefined) throw new Error(`no document ${document}`)
    return group
  }
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(OUT, { recursive: true })
  for (const [name, content] of Object.entries(goldFiles())) writeFileSync(join(OUT, name), content)
}
