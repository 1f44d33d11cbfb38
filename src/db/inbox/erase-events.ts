import { sql } from 'kysely'
import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'

/**
 * Takes what kept events say away where it names one of the people, in the caller's transaction; that there were such events
 * stays. `customers` are the shop's own customer ids; `addresses` are found inside of longer texts, too.
 */
export async function eraseEventData(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { customers, addresses }: { customers: string[]; addresses: string[] },
): Promise<void> {
  // As they stand in JSON, so that customer 12 is not found in 3120.
  const told = [
    ...customers.map((id) => JSON.stringify(id)),
    ...addresses.map((one) => JSON.stringify(one).slice(1, -1)),
  ]
  if (told.length === 0) return
  await sql`
    update inbox set data = null where shop = ${shop} and state in ('unhandled', 'parked') and data is not null
      and exists (select from unnest(${told}::text[]) as named (text) where strpos(lower(data), lower(named.text)) > 0)`.execute(
    transaction,
  )
}
