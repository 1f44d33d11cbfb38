import { type Kysely, sql } from 'kysely'

/**
 * An import fills empty tables within seconds; until autovacuum's minute is over the planner would take them for small and
 * read them whole for every batch. Only an owner may analyze, so the application is lent exactly this.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    drop index import_rows_by_document;
    -- The document first: a question for an import's rows in order must not be tempted by it.
    create index import_rows_by_document on import_rows (document_id, import_id, shop);
    alter table chunks alter column body set statistics 0;
    alter table document_versions alter column body set statistics 0;
    alter table import_rows alter column body set statistics 0;
    create function analyze_knowledge() returns void language sql security definer set search_path = public as $$
      analyze documents; analyze document_versions; analyze chunks; analyze import_rows;
    $$;
    revoke all on function analyze_knowledge() from public;
    grant execute on function analyze_knowledge() to purser_app`.execute(database)
}
