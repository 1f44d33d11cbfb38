import { sql } from 'kysely'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { strikes } from './rows/strikes.ts'
import { toldAt, worldTime } from './rows/world-time.ts'
import { writeEvents } from './rows/write-file.ts'
import type { SandboxControls } from './sandbox-controls.port.ts'

/** The sandbox's controls in PostgreSQL. Throws what `inShop` throws. */
export function postgresSandboxControls(database: Database, clock: Clock): SandboxControls {
  return {
    now: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => new Date(await worldTime(transaction, shop, clock))),
    setClock: (shop, { frozenAt, offsetMs }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        await put(transaction, shop, { frozen_at: frozenAt, offset_ms: offsetMs })
      }),
    refundsConfirmAfter: (shop, confirm, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const columns = {
          refund_confirms_after_ms: confirm?.afterMs ?? null,
          refunds_confirm_since: confirm?.since ?? null,
        }
        await put(transaction, shop, columns)
      }),
    refundConfirmation: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('sandbox.settings')
          .select(['refund_confirms_after_ms', 'refunds_confirm_since'])
          .where('shop', '=', shop)
          .executeTakeFirst()
        if (row?.refund_confirms_after_ms == null) return null
        return { afterMs: Number(row.refund_confirms_after_ms), since: row.refunds_confirm_since }
      }),
    addFault: (shop, { system, operation, fault, share, timesLeft, latencyMs }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        await transaction
          .insertInto('sandbox.faults')
          .values({ shop, system, operation, fault, share, times_left: timesLeft, latency_ms: latencyMs })
          .execute()
      }),
    clearFaults: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        await transaction.deleteFrom('sandbox.faults').where('shop', '=', shop).execute()
      }),
    strike: strikes(database),
    putStock: (shop, places, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const sorted = [...places].sort((one, other) =>
          one.sku === other.sku ? (one.location < other.location ? -1 : 1) : one.sku < other.sku ? -1 : 1,
        )
        for (const { sku, location, onHand, reserved, incomingAt, incomingQty } of sorted)
          await sql`
            insert into sandbox.stock (shop, sku, location, on_hand, reserved, incoming_at, incoming_qty)
            values (${shop}, ${sku}, ${location}, ${onHand}, ${reserved}, ${incomingAt ?? null}, ${incomingQty ?? null})
            on conflict (shop, sku, location) do update set on_hand = excluded.on_hand, reserved = excluded.reserved,
              incoming_at = excluded.incoming_at, incoming_qty = excluded.incoming_qty,
              version = sandbox.stock.version + 1`.execute(transaction)
        const at = toldAt(await worldTime(transaction, shop, clock), clock)
        const events = sorted.map(({ sku, location, onHand, reserved }) => ({
          type: 'inventory.adjusted',
          subject: sku,
          sequence: null,
          data: { sku, location, available: onHand - reserved },
        }))
        await writeEvents(transaction, shop, at, events)
      }),
  }
}

async function put(
  transaction: DatabaseTransaction,
  shop: ShopId,
  columns: {
    frozen_at?: Date | null
    offset_ms?: number
    refund_confirms_after_ms?: number | null
    refunds_confirm_since?: Date | null
  },
): Promise<void> {
  await transaction
    .insertInto('sandbox.settings')
    .values({ shop, frozen_at: null, refund_confirms_after_ms: null, ...columns })
    .onConflict((conflict) => conflict.column('shop').doUpdateSet(columns))
    .execute()
}
