import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** Files and folders that are looked at from time to time, and imported when they changed. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table synced_sources (
      shop text not null references shops (id),
      id text primary key,
      -- What its documents' source is called.
      name text not null,
      url text not null,
      mode text not null check (mode in ('upsert', 'replace')),
      format text,
      mapping text,
      currency text,
      site text,
      every_minutes integer not null,
      look_at timestamptz not null,
      -- What the file said of itself when it was last imported: ETag, Last-Modified, or sizes and times of files.
      seen text,
      failures integer not null default 0,
      last_at timestamptz,
      last_outcome text check (last_outcome in ('imported', 'unchanged', 'failed')),
      last_import text,
      problem_code text,
      problem_message text,
      unique (shop, name)
    );
    create index synced_sources_due on synced_sources (shop, look_at)`.execute(database)
  await isolateByShop(database, 'synced_sources')
}
