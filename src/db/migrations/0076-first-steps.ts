import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** What of a shop's first start is done, and since when its payment provider confirms refunds by itself. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table first_steps (
      shop text not null references shops (id),
      step text not null,
      at timestamptz not null,
      primary key (shop, step)
    );
    -- Refunds of before stay as they were told; null: all of them are confirmed.
    alter table sandbox.settings add column refunds_confirm_since timestamptz`.execute(database)
  await isolateByShop(database, 'first_steps')
}
