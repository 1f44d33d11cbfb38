import { type Database, inShop } from '../database.ts'
import type { FirstSteps } from './first-steps.port.ts'

/** First steps as rows. Throws what `inShop` throws. */
export function postgresFirstSteps(database: Database): FirstSteps {
  return {
    done: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction.selectFrom('first_steps').select('step').where('shop', '=', shop).execute()
        return new Set(rows.map(({ step }) => step))
      }),
    async mark(shop, steps, at, signal) {
      if (steps.length === 0) return
      await inShop(database, shop, signal, (transaction) =>
        transaction
          .insertInto('first_steps')
          .values(steps.map((step) => ({ shop, step, at })))
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
    },
  }
}
