import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { up } from '../../src/db/migrations/0030-inbox-and-stock.ts'
import { tent } from '../fixtures/event-builder.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'

test('documents from before events are found by their SKU', async () => {
  const bench = await knowledgeBench()
  const owner = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ ...bench.connection, max: 1 }) }),
  })
  try {
    const { signal } = new AbortController()
    const documents = [
      ...Array.from({ length: 1_100 }, (_, at) => tent({ id: `product/${at}`, sku: `S-${at}` })),
      tent({ id: 'product/odd', sku: 'S-\0' }),
      { id: 'faq', kind: 'faq', title: 'SKU?', text: '"sku":"S-1"' },
    ]
    await bench.documents.putAll(
      bench.shop,
      's',
      documents.map((one) => prepareDocument(one as never)),
      signal,
    )
    const skus = () => bench.asOwner('select id, sku from documents order by id')
    const before = await skus()
    await bench.asOwner('drop table inbox, event_facts, stock; alter table documents drop column sku')
    await up(owner)
    const right = before.map(({ id, sku }) => (id === 'product/odd' ? { id, sku: null } : { id, sku }))
    expect(await skus()).toEqual(right)
    expect(right.find(({ id }) => id === 'product/1099')).toEqual({ id: 'product/1099', sku: 'S-1099' })
    await expect(
      bench.asOwner(
        `select 1 from pg_class where relname like 'document%' and relkind = 'r' and not relforcerowsecurity`,
      ),
    ).resolves.toEqual([])
  } finally {
    await owner.destroy()
    await bench.close()
  }
})
