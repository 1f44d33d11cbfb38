import { z } from 'zod'
import type { SandboxHappenings } from '#commerce/sandbox/happenings.ts'
import type { OrderFiles } from '#db/commerce/order-files.port.ts'
import type { OrderWorld } from '#jobs/exceptions/order-news.ts'

const Scan = z.looseObject({
  at: z.iso.datetime({ offset: true }),
  code: z.string().max(100),
  description: z.string().max(500).default(''),
  location: z.string().max(200).optional(),
})
const Tracking = z.looseObject({
  tracking: z.string().optional(),
  trackingNumber: z.string().optional(),
  event: Scan.optional(),
  status: z.string().max(50).optional(),
})
const RefundSettled = z.looseObject({ refund: z.string().optional(), refundId: z.string().optional() })

/** Lets what a shop's systems tell of be true in the sandbox: scans, settled refunds, disputes, cancellations. */
export function sandboxOrderWorld(
  happenings: SandboxHappenings,
  files: Pick<OrderFiles, 'orderOfTracking'>,
): OrderWorld {
  return {
    orderOfTracking: (shop, tracking, signal) => files.orderOfTracking(shop, tracking, signal),
    async happened(shop, order, { type, data }, signal) {
      if (type === 'shipment.tracking') {
        const read = Tracking.safeParse(data)
        const parcel = read.data?.trackingNumber ?? read.data?.tracking
        // A scan may stand in `event`, or be the data itself.
        const scan = read.data?.event ?? Scan.safeParse(data).data
        if (!parcel || !scan) return
        const { at, code, description, location } = scan
        const event = { at, code, description, ...(location ? { location } : {}) }
        await happenings.scan(shop, order, { parcel, event, status: read.data?.status ?? null }, signal)
      } else if (type === 'refund.succeeded' || type === 'refund.failed') {
        // One event nobody can read must not keep those behind it waiting.
        const read = RefundSettled.safeParse(data).data
        const id = read?.refundId ?? read?.refund
        if (id)
          await happenings.settleRefund(shop, order, id, type === 'refund.succeeded' ? 'succeeded' : 'failed', signal)
      } else if (type === 'payment.disputed') await happenings.dispute(shop, order, signal)
      else if (type === 'order.cancelled') await happenings.amend(shop, order, { status: 'cancelled' }, signal)
    },
  }
}
