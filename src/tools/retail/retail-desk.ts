import { z } from 'zod'
import type { DeskWorld } from '#db/commerce/desk/desk-world.port.ts'
import { Fault } from '#domain/fault.ts'
import { cancelPendingOrder } from './cancel-pending-order.ts'
import { exchangeDeliveredOrderItems } from './exchange-delivered-order-items.ts'
import { modifyPendingOrderAddress } from './modify-pending-order-address.ts'
import { modifyPendingOrderItems } from './modify-pending-order-items.ts'
import { modifyPendingOrderPayment } from './modify-pending-order-payment.ts'
import { modifyUserAddress } from './modify-user-address.ts'
import type { RetailDesk } from './retail-desk.port.ts'
import type { RetailTool } from './retail-tool.ts'
import { returnDeliveredOrderItems } from './return-delivered-order-items.ts'

const TOOLS = [
  cancelPendingOrder,
  modifyPendingOrderAddress,
  modifyPendingOrderPayment,
  modifyPendingOrderItems,
  returnDeliveredOrderItems,
  exchangeDeliveredOrderItems,
  modifyUserAddress,
] as unknown as RetailTool[]

/** The desk over a world. */
export function retailDesk(world: DeskWorld): RetailDesk {
  return {
    tools: TOOLS.map(({ name, args }) => ({ name, argsSchema: z.toJSONSchema(args) })),
    async call(shop, key, name, args, signal) {
      const tool = TOOLS.find((one) => one.name === name)
      const read = tool?.args.safeParse(args)
      if (!tool || !read?.success)
        throw new Fault({
          kind: 'user',
          code: 'tools.args.invalid',
          message: 'The desk takes no such request.',
          errors: (read?.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })),
        })
      const outcome = await world.change(
        shop,
        { key, kind: name, args: read.data, ...tool.about(read.data) },
        (state) => {
          const decision = tool.decide(state, read.data)
          return decision.outcome === 'refused'
            ? { outcome: 'refused', why: decision.rule }
            : { ...decision, receipt: `DESK-${key}` }
        },
        signal,
      )
      return outcome.outcome === 'failed'
        ? { outcome: 'refused', rule: outcome.why }
        : { outcome: 'done', receipt: outcome.receipt, at: outcome.at }
    },
  }
}
