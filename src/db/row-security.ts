import { type Kysely, sql } from 'kysely'

/** For migrations: rows of `table` are seen and written only inside their own shop (column `shop`, setting `app.shop`), by owner and application alike. */
export async function isolateByShop(database: Kysely<unknown>, table: string): Promise<void> {
  await sql`
    alter table ${sql.table(table)} enable row level security;
    alter table ${sql.table(table)} force row level security;
    create policy by_shop on ${sql.table(table)}
      using (shop = current_setting('app.shop', true)) with check (shop = current_setting('app.shop', true));
    grant select, insert, update, delete on ${sql.table(table)} to purser_app`.execute(database)
}
