import { sql } from 'kysely'
import { type Database, inShop } from '../database.ts'
import { keepFailure } from './failed-event.ts'
import type { OrderNews } from './order-news.port.ts'

const ABOUT_ORDERS = '^(order|payment|refund|shipment|exception)[.]'

/** What the inbox keeps about orders, in the order it came. Throws what `inShop` throws. */
export function postgresOrderNews(database: Database): OrderNews {
  return {
    waiting: (shop, { after, at, limit }, signal) =>
      inShop(database, shop, signal, (transaction) =>
        transaction
          .selectFrom('inbox')
          .select(['source', 'id', 'type', 'subject', 'data', 'position', 'attempts'])
          .select(sql<boolean>`look_at <= ${at}`.as('isDue'))
          .where('shop', '=', shop)
          .where('state', '=', 'unhandled')
          .where(sql<boolean>`type ~ ${ABOUT_ORDERS}`)
          .where('position', '>', after ?? '0')
          .orderBy('position')
          .limit(limit)
          .execute(),
      ),
    async done(shop, events, at, signal) {
      if (events.length === 0) return
      await inShop(database, shop, signal, (transaction) =>
        sql`update inbox set state = 'applied', settled_at = ${at}, problem_code = null, problem_message = null
          from unnest(${events.map(({ source }) => source)}::text[], ${events.map(({ id }) => id)}::text[]) as acted (source, id)
          where inbox.shop = ${shop} and inbox.source = acted.source and inbox.id = acted.id and inbox.state = 'unhandled'`.execute(
          transaction,
        ),
      )
    },
    failed: (shop, event, problem, lookAgainAt, at, signal) =>
      inShop(database, shop, signal, (transaction) =>
        keepFailure(transaction, shop, event, { from: 'unhandled', problem, lookAgainAt, at }),
      ),
  }
}
