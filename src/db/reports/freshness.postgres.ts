import { sql } from 'kysely'
import { type ConversationId, documentId, type MessageId, type ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import type { FreshnessReport, SourceFreshness, StaleAnswer } from './freshness.port.ts'

const ANSWERS_READ = 2_000
const ANSWERS_NAMED = 20

/** Freshness counted in PostgreSQL over the live documents of one shop; reads every one of them. */
export function postgresFreshness(database: Database): FreshnessReport {
  return {
    bySource: (shop, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<Omit<SourceFreshness, 'stale'>>`
          ${dated(shop)}
          select dated.source, count(*)::integer as documents, max(own) as newest, min(own) as oldest,
            count(*) filter (where valid_until < ${at})::integer as overdue, max_age_days as "maxAgeDays",
            count(*) filter (where own < ${at}::timestamptz - make_interval(days => max_age_days))::integer as "tooOld",
            imported as "lastImportAt", greatest(imported, in_step_at) as "lastSuccessAt", look_at as "nextRunAt",
            case when synced.problem_code is not null
                then json_build_object('code', synced.problem_code, 'message', synced.problem_message)
              when made.problem_code is not null
                then json_build_object('code', made.problem_code, 'message', made.problem_message) end as problem
          from dated
          left join lateral (select max(finished_at) as imported from imports where shop = ${shop}
            and imports.source = dated.source and status = 'done' and not dry_run) as ended on true
          left join synced_sources as synced on synced.shop = ${shop} and synced.name = dated.source
          left join imports as made on made.shop = ${shop} and made.id = synced.last_import
          group by dated.source, max_age_days, imported, in_step_at, look_at, synced.problem_code, synced.problem_message,
            made.problem_code, made.problem_message
          order by dated.source`.execute(transaction)
        const stale = await staleAnswers(transaction, shop, at)
        return rows.map((row) => {
          const answers = stale.filter(({ source }) => source === row.source)
          const named = answers.slice(0, ANSWERS_NAMED).map(({ source: _, ...answer }) => answer)
          return { ...row, stale: { count: new Set(answers.map((one) => one.messageId)).size, answers: named } }
        })
      }),
    async limit(shop, source, maxAgeDays, signal) {
      await inShop(database, shop, signal, async (transaction) => {
        if (maxAgeDays === null)
          await sql`delete from source_limits where shop = ${shop} and source = ${source}`.execute(transaction)
        else
          await sql`insert into source_limits (shop, source, max_age_days) values (${shop}, ${source}, ${maxAgeDays})
            on conflict (shop, source) do update set max_age_days = excluded.max_age_days`.execute(transaction)
        // What was found by the limit before does not hold any more.
        await sql`update finding_passes set epoch = -1 where shop = ${shop}`.execute(transaction)
      })
    },
  }
}

/** Live documents with their dates and their source's limit. */
function dated(shop: ShopId) {
  return sql`with dated as (
    select documents.id, documents.source, version.title, max_age_days,
      coalesce((version.body::json ->> 'updatedAt')::timestamptz, version.stored_at) as own,
      (version.body::json ->> 'validUntil')::timestamptz as valid_until
    from documents join document_versions as version on version.shop = documents.shop and version.document_id = documents.id
      and version.version = documents.version
    left join source_limits as limits on limits.shop = documents.shop and limits.source = documents.source
    where documents.shop = ${shop} and retired_at is null)`
}

async function staleAnswers(
  transaction: DatabaseTransaction,
  shop: ShopId,
  at: Date,
): Promise<(StaleAnswer & { source: string })[]> {
  const { rows } = await sql<{
    id: string
    conversation: string
    created_at: Date
    document_id: string
    title: string
    source: string
  }>`
    ${dated(shop)}, answers as (
      select id, conversation, created_at, answer -> 'citations' as citations from messages
      where shop = ${shop} and role = 'assistant' and created_at > ${at}::timestamptz - interval '30 days'
      order by created_at desc, id desc limit ${ANSWERS_READ}
    ), cited as (
      select distinct answers.id, conversation, created_at, citation ->> 'documentId' as document_id from answers
      cross join jsonb_array_elements(case jsonb_typeof(citations) when 'array' then citations else '[]' end) as one (citation)
    )
    select cited.id, conversation, created_at, document_id, title, source from cited join dated on dated.id = document_id
    where valid_until < ${at} or own < ${at}::timestamptz - make_interval(days => max_age_days)
    order by created_at desc, cited.id, document_id`.execute(transaction)
  return rows.map(({ id, conversation, created_at, document_id, title, source }) => ({
    messageId: id as MessageId,
    conversationId: conversation as ConversationId,
    answeredAt: created_at,
    documentId: documentId(document_id),
    title,
    source,
  }))
}
