import type { Decided, OrderFile, StoredEffect } from '#db/commerce/order-files.port.ts'
import { done, type Moment, refused, told } from './decide.ts'
import { type Patch, reversed } from './patch.ts'

/** Undoes an earlier effect on the same order, where nothing has built on it and the world allows it. */
export function takeBack(file: OrderFile, moment: Moment, earlier: StoredEffect | null): Decided {
  if (earlier?.outcome.outcome !== 'succeeded' || earlier.order !== file.order.id) return refused('unknown_effect')
  if (earlier.undo === null) return refused('not_reversible')
  const patch = earlier.undo as Patch
  const wasCancelled = patch.order.some(({ field, after }) => field === 'status' && after === 'cancelled')
  // The bank was told to let go of the money; nobody can tell it to take hold again.
  if (wasCancelled && file.payment?.status === 'voided') return refused('not_reversible')
  const after = reversed(file, patch)
  if (!after) return refused('state_moved')
  const events = [told(file, 'orders', 'order.updated', { takenBack: earlier.kind })]
  return done(file, after, moment, { prefix: 'UN', reversible: false, events })
}
