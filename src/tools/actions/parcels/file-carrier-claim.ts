import { z } from 'zod'
import { moneyText } from '#domain/money.ts'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { amount, word } from '../read-args.ts'

const Args = z.strictObject({
  shipmentId: word.optional(),
  amount: amount.optional().describe('Minor units; the order’s total when left out'),
  reason: word.default('lost or damaged'),
})

/** Action `file_carrier_claim`: the carrier is asked to pay for a lost or damaged parcel. No money of the shop's; a claim filed stays filed. */
export function fileCarrierClaim(systems: ShopSystems) {
  return keyedTool(systems.carriers, {
    kind: 'file_carrier_claim',
    system: 'carriers',
    args: Args,
    effect: ({ shipmentId, amount: claimed }, { id, total, currency }) => {
      const money = moneyText({ amount: claimed ?? total, currency }, 'en')
      return `Claim ${money} from the carrier for ${shipmentId ? `parcel ${shipmentId}` : 'the parcel'} of order ${id}.`
    },
    reversible: false,
    async send(by, action, { shipmentId, amount: claimed, reason }, signal) {
      const total = claimed ?? (await orderNow(systems, action, signal))?.total
      if (total === undefined) return { outcome: 'failed', why: 'unknown_order' }
      const claim = { shipment: shipmentId ?? null, amount: total, reason }
      return systems.carriers.fileClaim(by, action.order, claim, signal)
    },
    shows: async (_action, _args, receipt) => receipt !== '',
  })
}
