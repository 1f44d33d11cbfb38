import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import type { AttributeValue, ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { movableClock } from '../../../test/fakes/movable-clock.ts'
import { knowledgeBench } from '../../../test/fixtures/knowledge-bench.ts'
import { prepareDocument } from '../prepare-document.ts'
import { contentFindings } from './content-findings.ts'

const { signal } = new AbortController()
let bench: Awaited<ReturnType<typeof knowledgeBench>>
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

test('an attribute whose values are nearly all of a kind tells of those that are not, until they are corrected', async () => {
  const { shop, documents } = bench
  const findings = contentFindings(postgresFindings(bench.database), movableClock())
  const product = (id: string, attributes: Record<string, AttributeValue>) =>
    prepareDocument({
      ...{ id: documentId(id), kind: 'product', title: `Thing ${id}`, category: 'Things', attributes },
      text: `Carved by hand, with a handle that is called ${id} by those who made it.`,
    } as ShopDocument)
  const usual = (at: number): Record<string, AttributeValue> => ({
    weight: at % 2 ? { value: at + 1, unit: 'kg' } : `${at + 1} lb 3 oz`,
    waterproof: at % 2 ? 'yes' : true,
    size: at % 2 ? 'M' : 38,
    note: `Text ${at}`,
  })
  const put = (some: ReturnType<typeof product>[]) => documents.putAll(shop, 'feed', some, signal)
  await put([
    ...Array.from({ length: 30 }, (_, at) => product(`p${at}`, usual(at))),
    product('odd', { ...usual(1), weight: '1.2', waterproof: 10, note: 3 }),
    product('long', { ...usual(1), weight: '40 cm' }),
    product('more', { ...usual(1), weight: '2 kg per part', waterproof: 'the lid alone' }),
    product('empty', { ...usual(1), weight: '', note: 'n/a' }),
    product('none', { ...usual(1), note: 'none' }),
  ])
  await findings.pass(shop, signal)
  const told = async (kind: 'mixed_attribute' | 'empty_attribute' = 'mixed_attribute') =>
    (await findings.list(shop, { cursor: null, limit: 50, kind }, signal)).items
  const found = (await told()).sort((one, two) => two.documentCount - one.documentCount)
  expect(found.map(({ documents, quotes }) => [documents.map(({ id }) => id), quotes])).toEqual([
    [
      ['long', 'odd'],
      [
        { documentId: 'long', text: '40 cm', field: 'weight' },
        { documentId: 'odd', text: '1.2', field: 'weight' },
      ],
    ],
    [['odd'], [{ documentId: 'odd', text: '10', field: 'waterproof' }]],
  ])
  expect(found[0]?.why).toContain('“weight” in this source are measures of one kind; 2 are not')
  expect((await told('empty_attribute')).map(({ documents, detail }) => [detail.attribute, documents[0]?.id])).toEqual(
    expect.arrayContaining([
      ['weight', 'empty'],
      ['note', 'empty'],
    ]),
  )
  expect(await told('empty_attribute')).toHaveLength(2)
  await put([product('odd', usual(1)), product('long', usual(2))])
  expect(await told()).toEqual([])
  await findings.pass(shop, signal)
  expect(await told()).toEqual([])
})
