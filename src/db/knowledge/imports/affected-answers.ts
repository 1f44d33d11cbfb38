import { sql } from 'kysely'
import type { ConversationId, ImportId, MessageId, ShopId } from '#domain/ids.ts'
import { documentId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { chunkIds } from '../chunk-rows.ts'
import type { PreparedDocument, PutOutcome } from '../documents.port.ts'
import type { AffectedAnswer, AnswerCursor } from '../imports.port.ts'

/** Answers looked at in one go; of most, none is cited by what changes. */
const LOOKED_AT = 2_000

/** Remembers which live documents a batch of a dry run would give other words. */
export async function noteChanges(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  documents: PreparedDocument[],
  outcomes: PutOutcome[],
): Promise<void> {
  const updated = new Set(outcomes.filter(({ outcome }) => outcome === 'updated').map((one) => one.id))
  for (const prepared of documents.filter(({ document }) => updated.has(document.id)))
    await transaction
      .insertInto('import_changes')
      .values({
        shop,
        import_id: id,
        document_id: prepared.document.id,
        change: 'updated',
        passages: chunkIds(prepared),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** Remembers which documents a dry run would retire. */
export async function noteRetired(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  retired: string[],
): Promise<void> {
  if (retired.length === 0) return
  await sql`
    insert into import_changes (shop, import_id, document_id, change, passages)
    select ${shop}, ${id}, document_id, 'retired', '{}' from unnest(${retired}::text[]) as gone (document_id)
    on conflict do nothing`.execute(transaction)
}

/** How many answers cite what would change; every answer counts once. */
export async function countAffected(transaction: DatabaseTransaction, shop: ShopId, id: ImportId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct messages.id)::integer as count
    from messages cross join jsonb_array_elements(messages.answer -> 'citations') as cited (citation)
    join import_changes on import_changes.shop = ${shop} and import_id = ${id} and document_id = citation ->> 'documentId'
    where messages.shop = ${shop} and role = 'assistant' and jsonb_typeof(messages.answer -> 'citations') = 'array'`.execute(
    transaction,
  )
  return rows[0]?.count ?? 0
}

/** The affected answers among the next ones, newest first, and where to go on; null when all were looked at. */
export async function affectedAmongNext(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  after: AnswerCursor | null,
): Promise<{ items: AffectedAnswer[]; next: AnswerCursor | null }> {
  const beyond = after === null ? sql`` : sql`and (created_at, id) < (${after.at}, ${after.id})`
  const { rows } = await sql<{
    id: string
    conversation: string
    created_at: Date
    document_id: string | null
    change: 'updated' | 'retired' | null
    title: string
    quote: string
    stays: boolean
    seen: number
  }>`
    with looked_at as (
      select id, conversation, created_at, answer -> 'citations' as citations from messages
      where shop = ${shop} and role = 'assistant' ${beyond} order by created_at desc, id desc limit ${LOOKED_AT}
    ), found as (
      select looked_at.id, document_id, change, citation ->> 'title' as title, citation ->> 'quote' as quote,
        citation ->> 'chunkId' = any(passages) as stays, place
      from looked_at cross join jsonb_array_elements(case jsonb_typeof(citations) when 'array' then citations else '[]' end)
        with ordinality as cited (citation, place)
      join import_changes on import_changes.shop = ${shop} and import_id = ${id} and document_id = citation ->> 'documentId'
    )
    select looked_at.id, conversation, created_at, document_id, change, title, quote, stays,
      (select count(*)::integer from looked_at) as seen
    from looked_at left join found using (id)
    where document_id is not null or looked_at.id = (select id from looked_at order by created_at, id limit 1)
    order by created_at desc, looked_at.id desc, place`.execute(transaction)
  const last = rows.at(-1)
  const items = rows.flatMap((row) =>
    row.document_id === null || row.change === null
      ? []
      : {
          messageId: row.id as MessageId,
          conversationId: row.conversation as ConversationId,
          answeredAt: row.created_at.toISOString(),
          documentId: documentId(row.document_id),
          title: row.title,
          quote: row.quote,
          change: row.change,
          passageStays: row.stays,
        },
  )
  return { items, next: last?.seen === LOOKED_AT ? { at: last.created_at, id: last.id } : null }
}
