import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UnusableInput } from '../suite.ts'
import { retrievalSuite } from './suite.ts'

const { signal } = new AbortController()
const DOCUMENTS = [
  { id: 'returns', kind: 'policy', title: 'Returns', text: 'You can send things back within 30 days.', locale: 'en' },
  { id: 'retouren', kind: 'policy', title: 'Returns Retouren', text: 'Returns: 30 Tage.', locale: 'de' },
  {
    id: 'old',
    kind: 'policy',
    title: 'Returns returns',
    text: 'Returns in 90 days.',
    validUntil: '2020-01-01T00:00:00Z',
  },
  { id: 'shipping', kind: 'policy', title: 'Shipping', text: 'Delivery costs 4.90 EUR and takes three days.' },
  { id: 'lamp', kind: 'product', title: 'Nook reading lamp', text: 'Clips to a shelf and bends where the page is.' },
]
let folder: string
let documents: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-retrieval-'))
  documents = join(folder, 'documents.jsonl')
  await writeFile(documents, DOCUMENTS.map((one) => `${JSON.stringify(one)}\n`).join(''))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (values: object[], file: string | null = documents) =>
  retrievalSuite().run(
    {
      rows: values.map((value, index) => ({ line: index + 1, value })),
      documents: file,
      ...{ seed: 1, target: null, own: false, repeat: 1 },
    },
    signal,
  )

test('a run ranks documents beside MiniSearch, on what the case may see', async () => {
  const { metrics, gates, cases, notes } = await run([
    { id: 'a', question: 'returns', relevant: ['returns'], audience: { locale: 'en' } },
    { id: 'b', question: 'how much is delivery', relevant: ['shipping'], audience: { locale: 'en' }, tags: ['money'] },
    { id: 'c', question: 'nook', relevant: ['shipping', 'lamp'], audience: { locale: 'en' } },
  ])
  const measures = ['ndcg@10', 'recall@1', 'recall@5', 'recall@10', 'mrr']
  expect(Object.keys(metrics)).toEqual([
    ...['', 'minisearch.', 'difference.'].flatMap((prefix) => measures.map((name) => `${prefix}${name}`)),
    'tag.money.ndcg@10',
    'tag.money.difference.ndcg@10',
    'latencyP50',
    'latencyP95',
  ])
  expect(metrics['tag.money.ndcg@10']).toMatchObject({ value: 1, n: 1 })
  expect(metrics.mrr).toMatchObject({ value: 1, n: 3 })
  expect(metrics['recall@1']?.value).toBeCloseTo((1 + 1 + 0.5) / 3, 9)
  expect(gates).toEqual([expect.objectContaining({ name: 'ndcg@10 no lower than MiniSearch', pass: true })])
  expect(notes?.[0]).toContain('best of four forms')
  const [first] = cases
  expect(first).toMatchObject({ id: 'a', verdict: 'right', output: { place: 1 } })
  // Neither the other language nor what is no longer valid, for neither of the two.
  expect(JSON.stringify(first)).not.toMatch(/retouren|"old"/)
})

test('what is not found is told with what was', async () => {
  const { cases } = await run([
    { id: 'a', question: 'Nook reading lamp', relevant: ['old'], audience: { locale: 'en' } },
  ])
  expect(cases[0]).toMatchObject({ verdict: 'wrong', output: { place: null } })
  expect(cases[0]?.reason).toMatch(/^Nook reading lamp → lamp/)
})

test('cases without documents cannot be run', async () => {
  await expect(run([{ id: 'a', question: 'x', relevant: ['returns'] }], null)).rejects.toThrow(UnusableInput)
})
