import { sql } from 'kysely'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import { lockEpoch, retireDocuments, writeDocuments } from '../knowledge/document-writes.ts'
import type { EventEffects } from './event-effects.port.ts'

/** Effects of events inside the caller's transaction. */
export function transactionEffects(transaction: DatabaseTransaction, shop: ShopId, at: Date): EventEffects {
  let held: string[] = []
  return {
    async documents(ids, skus) {
      await lockEpoch(transaction, shop)
      const { rows } = await sql<{ source: string; retired_at: Date | null; body: string }>`
        select documents.source, documents.retired_at, stored.body from documents
        join document_versions as stored on stored.shop = documents.shop and stored.document_id = documents.id
          and stored.version = documents.version
        where documents.shop = ${shop} and (documents.id = any(${ids}) or documents.sku = any(${skus}))
        order by documents.id`.execute(transaction)
      return rows.map(({ source, retired_at, body }) => ({
        document: readJson(body) as ShopDocument,
        source,
        live: retired_at === null,
      }))
    },
    async facts(keys) {
      const sorted = [...new Set(keys)].sort()
      held = [...held, ...sorted]
      // The rows are made first: what is not there cannot be held against a second process.
      await sql`insert into event_facts (shop, key, facts) select ${shop}, key, '' from unnest(${sorted}::text[]) as fresh (key)
        on conflict do nothing`.execute(transaction)
      const { rows } = await sql<{ key: string; facts: string }>`
        select key, facts from event_facts where shop = ${shop} and key = any(${sorted}) order by key for update`.execute(
        transaction,
      )
      return new Map(rows.filter(({ facts }) => facts !== '').map(({ key, facts }) => [key, facts]))
    },
    async keepFacts(facts) {
      if (facts.size > 0)
        await sql`update event_facts set facts = fresh.facts
          from unnest(${[...facts.keys()]}::text[], ${[...facts.values()]}::text[]) as fresh (key, facts)
          where event_facts.shop = ${shop} and event_facts.key = fresh.key`.execute(transaction)
      // Rows made only to be held say nothing.
      await sql`delete from event_facts where shop = ${shop} and key = any(${held}) and facts = ''`.execute(transaction)
    },
    async putDocuments(source, documents) {
      await writeDocuments(transaction, shop, source, documents, at)
    },
    async retireDocuments(ids) {
      await retireDocuments(transaction, shop, ids, at)
    },
    async setStock(levels) {
      if (levels.length === 0) return
      await sql`
        insert into stock (shop, sku, location, available, version, changed_at)
        select ${shop}, sku, location, available, 1, ${at} from unnest(${levels.map(({ sku }) => sku)}::text[],
          ${levels.map(({ location }) => location)}::text[], ${levels.map(({ available }) => available)}::integer[]
        ) as fresh (sku, location, available)
        on conflict (shop, sku, location) do update
          set available = excluded.available, version = stock.version + 1, changed_at = excluded.changed_at`.execute(
        transaction,
      )
    },
  }
}
