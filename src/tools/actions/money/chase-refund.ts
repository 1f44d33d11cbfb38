import { z } from 'zod'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'
import { word } from '../read-args.ts'

const Args = z.strictObject({ refundId: word })

/** Action `chase_refund`: asks the provider about a refund that takes too long. Moves no money; a question asked stays asked. */
export function chaseRefund(systems: ShopSystems) {
  return keyedTool(systems.payments, {
    kind: 'chase_refund',
    system: 'payments',
    args: Args,
    effect: ({ refundId }, { id }) => `Ask the payment provider about refund ${refundId} of order ${id}.`,
    reversible: false,
    send: (by, { order }, { refundId }, signal) => systems.payments.chaseRefund(by, order, refundId, signal),
    shows: async (_action, _args, receipt) => receipt !== '',
  })
}
