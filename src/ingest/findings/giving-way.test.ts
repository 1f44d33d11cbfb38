import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FindingStore } from '#db/findings/findings.port.ts'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import { documentId, shopId } from '#domain/ids.ts'
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

test('a pass gives way before each batch, which is small while questions come', async () => {
  const shop = shopId('shop-asked')
  await bench.database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const documents = Array.from({ length: 30 }, (_, at) =>
    prepareDocument({ id: documentId(`p${at}`), kind: 'product', title: `Thing ${at}`, text: `Thing number ${at}.` }),
  )
  await bench.documents.putAll(shop, 'feed', documents, signal)
  const store = postgresFindings(bench.database)
  const sizes: number[] = []
  const changed: FindingStore['changed'] = (...asked) => store.changed(...asked).finally(() => sizes.push(asked[3]))
  const rest = async () => (sizes.length === 0 ? 'asked' : 'calm')
  const { pass } = contentFindings({ ...store, changed }, movableClock(), rest)
  expect(await pass(shop, signal)).toEqual({ looked: 30 })
  expect(sizes).toEqual([25, 100, 100])
})
