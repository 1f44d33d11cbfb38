import { join } from 'node:path'
import { draft, type ShopOrder, type StoryRow, type World } from '../orders.ts'
import { seeded } from '../seeded.ts'
import { read, TABLES } from '../tables.ts'
import { DAY, HOUR, iso } from '../working-days.ts'

/** An order that exists for its exception alone. `twin`: the same basket as another order, minutes later. */
export type CaseOrderRow = StoryRow & { signals?: string[]; dock?: boolean; psp?: string; twin?: boolean }
export type CaseRow = { type: string; pick: string; count: number; source: string; detail: string; with?: string }
export type CaseTables = { orders: CaseOrderRow[]; cases: CaseRow[]; priorClaims: number[] }
export type CaseOrder = Omit<ShopOrder, 'refunds'> & {
  riskSignals?: string[]
  refunds: (ShopOrder['refunds'][number] & { pspStatus?: string })[]
}

const FIRST_NUMBER = 101_903
const TWELVE_MINUTES = 720_000

export const caseTables = () => read<CaseTables>(join(TABLES, 'cases.yaml'))

/** Orders beside the shop's usual ones, numbered after them. `usual` are those, for a twin to copy. */
export function caseOrders(world: World, usual: ShopOrder[]): CaseOrder[] {
  const drafts = caseTables().orders.flatMap((row, place) =>
    Array.from({ length: row.count }, (_, at) => extra(row, world, usual, `${place} ${at}`)),
  )
  return drafts.map((order, at) => {
    const number = FIRST_NUMBER + at * 7
    return {
      ...order,
      id: `LH-${number}`,
      shipments: order.shipments.map((parcel, part) => ({ ...parcel, id: `SH-${number}-${part + 1}` })),
      refunds: order.refunds.map((refund) => ({ ...refund, id: `RF-${number}` })),
    }
  })
}

function extra(row: CaseOrderRow, world: World, usual: ShopOrder[], seed: string): CaseOrder {
  const made = draft(row, world, seeded(`case order ${seed}`))
  const order: CaseOrder = { id: '', ...made, ...(row.signals ? { riskSignals: row.signals } : {}) }
  if (row.twin) return twinOf(usual, row)
  if (row.dock) return { ...order, shipments: order.shipments.map((parcel) => backOnDock(parcel, world.now)) }
  const { psp } = row
  return psp ? { ...order, refunds: order.refunds.map((refund) => ({ ...refund, pspStatus: psp })) } : order
}

/** Somebody pressed the button twice. */
function twinOf(usual: ShopOrder[], { status, payment }: CaseOrderRow): CaseOrder {
  const first = usual.findLast((order) => order.status === 'processing' && order.paymentStatus === payment)
  if (!first) throw new Error('no order for a twin')
  const placedAt = iso(Date.parse(first.placedAt) + TWELVE_MINUTES)
  return { ...first, id: '', status, placedAt, shipments: [], refunds: [] }
}

function backOnDock(parcel: ShopOrder['shipments'][number], now: number): ShopOrder['shipments'][number] {
  const [last] = parcel.events.slice(-1)
  if (!last) return parcel
  const at = Math.min(Date.parse(last.at) + 2 * DAY, now - 20 * HOUR)
  const event = { ...last, at: iso(at), description: 'Returned to sender dock', location: 'Hamburg' }
  return { ...parcel, status: 'returned', events: [...parcel.events, event] }
}
