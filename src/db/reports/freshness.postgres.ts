import { sql } from 'kysely'
import { type Database, inShop } from '../database.ts'
import type { FreshnessReport } from './freshness.port.ts'

/** Freshness counted in PostgreSQL over the live documents of one shop; reads every one of them. */
export function postgresFreshness(database: Database): FreshnessReport {
  return {
    bySource: (shop, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const own = sql<Date>`coalesce((version.body::json ->> 'updatedAt')::timestamptz, version.stored_at)`
        const rows = await transaction
          .selectFrom('documents')
          .innerJoin('document_versions as version', (join) =>
            join.onRef('version.document_id', '=', 'documents.id').onRef('version.version', '=', 'documents.version'),
          )
          .select(({ fn }) => [
            'documents.source',
            fn.countAll<string>().as('documents'),
            sql<Date>`max(${own})`.as('newest'),
            sql<Date>`min(${own})`.as('oldest'),
            sql<string>`count(*) filter (where (version.body::json ->> 'validUntil')::timestamptz < ${at})`.as(
              'overdue',
            ),
          ])
          .where('documents.retired_at', 'is', null)
          .groupBy('documents.source')
          .orderBy('documents.source')
          .execute()
        return rows.map(({ source, documents, newest, oldest, overdue }) => ({
          source,
          documents: Number(documents),
          newest,
          oldest,
          overdue: Number(overdue),
        }))
      }),
  }
}
