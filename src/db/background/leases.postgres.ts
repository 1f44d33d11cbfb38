import { sql } from 'kysely'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, inShop } from '../database.ts'
import type { Leases } from './leases.port.ts'

/** Leases as rows; the clocks of the processes need to agree to a few seconds. */
export function postgresLeases(database: Database, clock: Clock): Leases {
  return {
    hold: (shop, name, holder, until, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql`
          insert into leases (shop, name, holder, until) values (${shop}, ${name}, ${holder}, ${until})
          on conflict (shop, name) do update set holder = excluded.holder, until = excluded.until
            where leases.holder = excluded.holder or leases.until <= ${clock.now()}
          returning holder`.execute(transaction)
        return rows.length > 0
      }),
    async release(shop, name, holder, signal) {
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .deleteFrom('leases')
          .where('shop', '=', shop)
          .where('name', '=', name)
          .where('holder', '=', holder)
          .execute(),
      )
    },
  }
}
