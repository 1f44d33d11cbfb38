import { sql } from 'kysely'
import type { ImportId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'
import { nextPart } from '../import-rows.ts'

const DUPLICATE_HINT = 'Keep one row for each id.'
const CASE_HINT = 'Write the id the same everywhere; capitals count.'

/** Of rows with one document id the last counts; the others are noted. Gives how many those are. */
export async function supersede(transaction: DatabaseTransaction, shop: ShopId, id: ImportId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with older as (
      update import_rows set superseded_by = later.last from (
        select document_id, max(line) as last from import_rows where shop = ${shop} and import_id = ${id}
        group by document_id having count(*) > 1
      ) as later
      where shop = ${shop} and import_id = ${id} and import_rows.document_id = later.document_id and line < later.last
      returning line, import_rows.document_id, superseded_by
    ), noted as (
      insert into import_errors (shop, import_id, line, part, document_id, code, message, field, hint)
      select ${shop}, ${id}, line, ${nextPart(shop, id, 'older')}, document_id, 'duplicate_id',
        format('Line %s holds the same document and counts instead.', superseded_by), 'id', ${DUPLICATE_HINT} from older
      on conflict do nothing
    )
    select count(*)::integer as count from older`.execute(transaction)
  return rows[0]?.count ?? 0
}

/**
 * Takes out rows whose id differs from a live document's, or from an earlier row's, in nothing but capitals: stored beside each
 * other they would be one thing twice, and one of them would soon be out of date. The spelling the shop has counts, else the
 * first in the file. A replacing file may spell the documents of its own source anew. Gives how many rows were rejected.
 */
export async function rejectOtherCapitals(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: ImportId,
  replaced: string | null,
): Promise<number> {
  const stored = await sql<{ count: number }>`
    with wrong as (
      select line, sent.document_id, known.id as spelled from import_rows as sent
      join documents as known on known.shop = ${shop} and lower(known.id) = lower(sent.document_id)
        and known.id <> sent.document_id and known.retired_at is null
        and (${replaced}::text is null or known.source <> ${replaced}::text)
      where sent.shop = ${shop} and sent.import_id = ${id} and not exists (
        select from documents as own where own.shop = ${shop} and own.id = sent.document_id and own.retired_at is null)
    ), ${reject(shop, id, sql`format('The shop has this document as %s.', left(spelled, 120))`)}`.execute(transaction)
  const within = await sql<{ count: number }>`
    with folded as (
      select lower(document_id) as folded from import_rows where shop = ${shop} and import_id = ${id}
      group by 1 having min(document_id) <> max(document_id)
    ), spellings as (
      select line, document_id, lower(document_id) as folded, exists (
        select from documents as own where own.shop = ${shop} and own.id = document_id and own.retired_at is null) as live
      from import_rows where shop = ${shop} and import_id = ${id} and lower(document_id) in (select folded from folded)
    ), kept as (
      select distinct on (folded) folded, document_id as spelled, line as first from spellings order by folded, live desc, line
    ), wrong as (
      select line, document_id, spelled, first from spellings join kept using (folded)
      where document_id <> spelled and not live
    ), ${reject(shop, id, sql`format('Line %s writes the id as %s.', first, left(spelled, 120))`)}`.execute(transaction)
  return (stored.rows[0]?.count ?? 0) + (within.rows[0]?.count ?? 0)
}

/** Turns the rows of `wrong` into rejected ones; gives their count. */
function reject(shop: ShopId, id: ImportId, message: ReturnType<typeof sql>) {
  return sql<{ count: number }>`told as (
      insert into import_errors (shop, import_id, line, part, document_id, code, message, field, value, hint)
      select distinct on (line) ${shop}, ${id}, line, ${nextPart(shop, id, 'wrong')}, document_id, 'id_case', ${message}, 'id', left(document_id, 200), ${CASE_HINT}
      from wrong on conflict do nothing
    ), taken as (
      delete from import_rows where shop = ${shop} and import_id = ${id} and line in (select line from wrong)
      returning line, body, raw
    ), kept_back as (
      insert into import_rejects (shop, import_id, line, raw)
      select ${shop}, ${id}, line, coalesce(raw, convert_to(body, 'UTF8')) from taken on conflict do nothing
    )
    select count(*)::integer as count from taken`
}
