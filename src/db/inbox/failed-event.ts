import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import type { EventName, EventProblem } from './inbox.port.ts'

/** One more attempt at an event in the state `from` failed: it is looked at again then, or parked when `lookAgainAt` is null. */
export async function keepFailure(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { source, id }: EventName,
  failure: { from: 'waiting' | 'unhandled'; problem: EventProblem; lookAgainAt: Date | null; at: Date },
): Promise<void> {
  const { from, problem, lookAgainAt, at } = failure
  await transaction
    .updateTable('inbox')
    .set((of) => ({
      attempts: of('attempts', '+', 1),
      problem_code: problem.code,
      problem_message: problem.message,
      ...(lookAgainAt ? { look_at: lookAgainAt } : { state: 'parked' as const, settled_at: at }),
    }))
    .where('shop', '=', shop)
    .where('source', '=', source)
    .where('id', '=', id)
    .where('state', '=', from)
    .execute()
}
