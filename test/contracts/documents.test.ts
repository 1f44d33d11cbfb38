import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inShop } from '#db/database.ts'
import { denseText } from '#domain/dense-text.ts'
import { documentId } from '#domain/ids.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { denseText as searchedText } from '#rag/encoder/passage-encoder.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'
import { documentsContract } from './documents.contract.ts'

documentsContract('PostgreSQL', knowledgeBench)

const { signal } = new AbortController()
const TABLES = [
  'documents',
  'document_versions',
  'chunks',
  'vectors',
  'knowledge_epochs',
  'knowledge_marks',
  'imports',
  'import_rows',
  'import_errors',
  'import_rejects',
  'import_changes',
  'outbox',
  'leases',
]

test("raw SQL inside one shop reads and writes nothing of another's", async () => {
  const { documents, feed, vectors, imports, database, shop, other, asOwner, close } = await knowledgeBench()
  const prepared = prepareDocument({ id: documentId('a'), kind: 'faq', title: 'Q?', text: 'A.' })
  await documents.putAll(shop, 'site', [prepared], signal)
  await feed.leaveMark(shop, 1, signal)
  await vectors.put(
    shop,
    'm',
    [{ contentHash: prepared.chunks[0]?.contentHash ?? '', vector: Float32Array.of(1) }],
    signal,
  )
  await imports.open(shop, 'imp_1', { source: 's', mode: 'upsert', dryRun: false, allowRetire: false }, signal)
  await imports.receive(
    shop,
    'imp_1',
    {
      rows: [{ line: 1, documentId: documentId('a'), body: '{}' }],
      rejects: [{ line: 2, raw: Buffer.from('{') }],
      errors: [{ line: 2, id: null, code: 'c', message: 'm' }],
    },
    signal,
  )
  const frame = { mediaType: 'application/x-ndjson', head: Buffer.alloc(0), tail: Buffer.alloc(0) }
  await imports.accept(shop, 'imp_1', { total: 2, incomplete: false, frame }, signal)
  await imports.open(shop, 'imp_2', { source: 'other', mode: 'upsert', dryRun: true, allowRetire: false }, signal)
  await imports.accept(shop, 'imp_2', { total: 0, incomplete: false, frame }, signal)
  const changed = prepareDocument({ id: documentId('a'), kind: 'faq', title: 'Q?', text: 'B.' })
  await imports.commit(shop, 'imp_2', { from: 0, to: 1, prepared: [changed], unchanged: [], errors: [] }, signal)
  const shopless = await asOwner(
    "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and not c.relrowsecurity",
  )
  expect(shopless.filter(({ relname }) => TABLES.includes(relname))).toEqual([])
  for (const table of TABLES) {
    const rows = await inShop(
      database,
      other,
      signal,
      async (transaction) => (await sql`select * from ${sql.table(table)}`.execute(transaction)).rows,
    )
    expect(rows, table).toEqual([])
    const own = await inShop(
      database,
      shop,
      signal,
      async (transaction) => (await sql`select * from ${sql.table(table)}`.execute(transaction)).rows,
    )
    if (table !== 'leases') expect(own.length, table).toBeGreaterThan(0)
  }
  await expect(
    inShop(database, other, signal, (transaction) =>
      sql`insert into leases (shop, name, holder, until) values (${shop}, 'x', 'y', now())`.execute(transaction),
    ),
  ).rejects.toThrow(/row-level security/)
  await close()
})

test('what is stored as text to embed is what the index takes a passage for', () => {
  for (const chunk of prepareDocument({
    id: documentId('a'),
    kind: 'faq',
    title: 'Q?',
    text: 'A [link](https://shop.example).',
    aliases: ['x'],
  }).chunks)
    expect(denseText(chunk)).toBe(searchedText({ ...chunk }))
})
