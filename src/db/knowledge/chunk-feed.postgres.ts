import { sql } from 'kysely'
import { type ChunkId, type ShopId, shopId } from '#domain/ids.ts'
import { asDatabaseFault, type Database, inShop } from '../database.ts'
import type { ChunkFeed, FeedChunk } from './chunk-feed.port.ts'
import { CHUNK_COLUMNS, type ChunkRow, readChunk } from './chunk-rows.ts'
import { readVector } from './vectors.postgres.ts'

/** Rows a round trip; about 2 MB of passages. */
const PAGE = 2_000
/** Changes read at a time: some 10 ms of reading rows, and as much memory as a page. */
const CHANGES = 1_000
/** Several instances may keep copies of one shop; a mark that is gone costs its owner one rebuild. */
const MARKS_KEPT = 16

type FeedRow = Pick<ChunkRow, (typeof CHUNK_COLUMNS)[number]> & {
  current: boolean
  scale: number | null
  components: Buffer | null
}

/** The passages in PostgreSQL: each row knows the epoch of its last change, so a change log needs no table of its own. */
export function postgresChunkFeed(database: Database): ChunkFeed {
  return {
    async shops(signal) {
      signal.throwIfAborted()
      const rows = await database.selectFrom('shops').select('id').orderBy('id').execute().catch(rethrow)
      return rows.map(({ id }) => shopId(id))
    },
    load: (shop, model, signal) => loadSnapshot(database, shop, model, signal),
    since: (shop, epoch, model, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        // The epoch first: what is committed between the two reads is read now and once more next time, never missed.
        const now = await currentEpoch(transaction, shop)
        if (now === epoch) return { epoch, more: false, removed: [], upserted: [] }
        const until = Math.min(now, (await pageEnd(transaction, shop, epoch)) ?? now)
        const which = sql`chunks.changed_epoch > ${epoch}::bigint and chunks.changed_epoch <= ${until}::bigint`
        const { rows } = await feedRows(shop, model, which, sql``).execute(transaction)
        return {
          epoch: until,
          more: until < now,
          removed: rows.filter(({ current }) => !current).map(({ id }) => id as ChunkId),
          upserted: rows.filter(({ current }) => current).map(readFeedRow),
        }
      }),
    leaveMark: (shop, epoch, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { mark } = await transaction
          .insertInto('knowledge_marks')
          .values({ shop, epoch })
          .returning('mark')
          .executeTakeFirstOrThrow()
        await sql`
          delete from knowledge_marks where shop = ${shop} and place <= (
            select place from knowledge_marks where shop = ${shop} order by place desc offset ${MARKS_KEPT} limit 1)`.execute(
          transaction,
        )
        return mark
      }),
    hasMark: (shop, mark, epoch, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const found = await transaction
          .selectFrom('knowledge_marks')
          .select('epoch')
          .where('shop', '=', shop)
          .where('mark', '=', mark)
          .executeTakeFirst()
        return found !== undefined && Number(found.epoch) === epoch
      }),
    byIds: (shop, ids, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('chunks')
          .select([...CHUNK_COLUMNS, 'current'])
          .where('shop', '=', shop)
          .where(sql<boolean>`id = any(${ids})`)
          .execute()
        const found = new Map(rows.map((row) => [row.id, { ...readChunk(row), current: row.current }]))
        return ids.flatMap((id) => found.get(id) ?? [])
      }),
  }
}

/** One snapshot is one transaction, open until the last batch was taken or the taker stopped. */
async function loadSnapshot(
  database: Database,
  shop: ShopId,
  model: string | null,
  signal: AbortSignal,
): Promise<{ epoch: number; batches: AsyncIterable<FeedChunk[]> }> {
  signal.throwIfAborted()
  const snapshot = await database
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute()
    .catch(rethrow)
  try {
    await sql`select set_config('app.shop', ${shop}, true)`.execute(snapshot)
    const epoch = await currentEpoch(snapshot, shop)
    return { epoch, batches: pages() }
  } catch (error) {
    await snapshot
      .rollback()
      .execute()
      .catch(() => {})
    throw asDatabaseFault(error)
  }

  /** The next page is under way while the last is taken: the server reads while we encode. */
  async function* pages(): AsyncGenerator<FeedChunk[]> {
    let coming = page('')
    try {
      for (;;) {
        signal.throwIfAborted()
        const rows = await coming
        if (rows.length === PAGE) coming = page(rows.at(-1)?.id ?? '')
        if (rows.length > 0) yield rows.map(readFeedRow)
        if (rows.length < PAGE) return
      }
    } finally {
      await coming.catch(() => {})
      await snapshot
        .rollback()
        .execute()
        .catch(() => {})
    }
  }

  function page(after: string): Promise<FeedRow[]> {
    const rows = read(after)
    // Heard of when it is its turn; until then nobody listens.
    rows.catch(() => {})
    return rows
  }

  async function read(after: string): Promise<FeedRow[]> {
    const which = sql`chunks.current and chunks.id > ${after}`
    const { rows } = await feedRows(shop, model, which, sql`order by chunks.id limit ${PAGE}`)
      .execute(snapshot)
      .catch(rethrow)
    return rows
  }
}

async function currentEpoch(database: Database, shop: ShopId): Promise<number> {
  const row = await database.selectFrom('knowledge_epochs').select('epoch').where('shop', '=', shop).executeTakeFirst()
  return Number(row?.epoch ?? 0)
}

/** The epoch by which a page of rows has changed; null when fewer have. Whole epochs, since a commit is taken over as one. */
async function pageEnd(database: Database, shop: ShopId, epoch: number): Promise<number | null> {
  const row = await database
    .selectFrom('chunks')
    .select('changed_epoch')
    .where('shop', '=', shop)
    .where('changed_epoch', '>', epoch)
    .orderBy('changed_epoch')
    .offset(CHANGES)
    .limit(1)
    .executeTakeFirst()
  return row ? Number(row.changed_epoch) : null
}

function feedRows(shop: ShopId, model: string | null, which: ReturnType<typeof sql>, order: ReturnType<typeof sql>) {
  // `lateral … limit 1` makes it a look-up by key for each row: after a crash there are no statistics, and the planner would join all with all.
  return sql<FeedRow>`
    select chunks.id, chunks.document_id, chunks.document_version, chunks.content_hash, chunks.updated_at, chunks.body, chunks.current,
      vectors.scale, vectors.components
    from chunks left join lateral (select scale, components from vectors
      where vectors.shop = chunks.shop and vectors.model = ${model}::text and vectors.content_hash = chunks.content_hash limit 1) as vectors on true
    where chunks.shop = ${shop} and ${which} ${order}`
}

function readFeedRow(row: FeedRow): FeedChunk {
  const { scale, components } = row
  return { ...readChunk(row), vector: scale !== null && components !== null ? readVector(scale, components) : null }
}

function rethrow(error: unknown): never {
  throw asDatabaseFault(error)
}
