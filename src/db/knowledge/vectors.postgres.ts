import { sql } from 'kysely'
import { denseText } from '#domain/dense-text.ts'
import { type Database, inShop } from '../database.ts'
import { CHUNK_COLUMNS, type ChunkRow, readChunk } from './chunk-rows.ts'
import type { VectorStore } from './vectors.port.ts'

type MissingRow = Pick<ChunkRow, (typeof CHUNK_COLUMNS)[number]> & { changed_epoch: string }

/** Before every content. */
const FIRST = { epoch: 0, chunk: '' }

/** Vectors in PostgreSQL, a byte a component. Those of content that is gone stay: it may come back, and costs 400 bytes. */
export function postgresVectors(database: Database): VectorStore {
  return {
    missing: (shop, model, { limit, after = FIRST }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        // Read in the order of the index: sorting all that is left for each page would cost a catalog minutes.
        await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`.execute(
          transaction,
        )
        const { rows } = await sql<MissingRow>`
          select changed_epoch, ${sql.join(CHUNK_COLUMNS.map((column) => sql.ref(column)))} from chunks
          left join lateral (select true as there from vectors where vectors.shop = chunks.shop and vectors.model = ${model}
            and vectors.content_hash = chunks.content_hash limit 1) as made on true
          where chunks.shop = ${shop} and chunks.current and made.there is null and changed_epoch >= ${after.epoch}::bigint
            and (changed_epoch, id) > (${after.epoch}::bigint, ${after.chunk}::text)
          order by changed_epoch, id limit ${limit}`.execute(transaction)
        const found = new Map(rows.map((row) => [row.content_hash, row]))
        return [...found.values()].map((row) => ({
          contentHash: row.content_hash,
          text: denseText(readChunk(row)),
          place: { epoch: Number(row.changed_epoch), chunk: row.id },
        }))
      }),
    async put(shop, model, vectors, signal) {
      if (vectors.length === 0) return
      const rows = vectors.map(({ contentHash, vector }) => ({ contentHash, ...packVector(vector) }))
      await inShop(database, shop, signal, async (transaction) => {
        await sql`
          insert into vectors (shop, model, content_hash, scale, components)
          select ${shop}, ${model}, content_hash, scale, components from unnest(
            ${rows.map(({ contentHash }) => contentHash)}::text[], ${rows.map(({ scale }) => scale)}::real[], ${rows.map(({ components }) => components)}::bytea[]
          ) as fresh (content_hash, scale, components)
          on conflict do nothing`.execute(transaction)
        await sql`select pg_notify('vectors', ${shop})`.execute(transaction)
      })
    },
    get: (shop, model, contentHashes, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('vectors')
          .select(['content_hash', 'scale', 'components'])
          .where('shop', '=', shop)
          .where('model', '=', model)
          .where(sql<boolean>`content_hash = any(${contentHashes})`)
          .execute()
        return new Map(rows.map((row) => [row.content_hash, readVector(row.scale, row.components)]))
      }),
    progress: (shop, model, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ done: string; total: string }>`
          select count(vectors.content_hash) as done, count(*) as total
          from (select distinct content_hash from chunks where shop = ${shop} and current) as live
          left join vectors on vectors.shop = ${shop} and vectors.model = ${model} and vectors.content_hash = live.content_hash`.execute(
          transaction,
        )
        return { done: Number(rows[0]?.done ?? 0), total: Number(rows[0]?.total ?? 0) }
      }),
  }
}

/** Each component as a signed byte, scaled by the largest: a cosine moves by less than 0.005. */
function packVector(vector: Float32Array): { scale: number; components: Buffer } {
  const scale = vector.reduce((most, component) => Math.max(most, Math.abs(component)), 0) / 127
  const components = Int8Array.from(vector, (component) => (scale === 0 ? 0 : Math.round(component / scale)))
  return { scale, components: Buffer.from(components.buffer) }
}

/** The inverse of storing, up to the rounding. */
export function readVector(scale: number, components: Buffer): Float32Array {
  return Float32Array.from(
    new Int8Array(components.buffer, components.byteOffset, components.byteLength),
    (component) => component * scale,
  )
}
