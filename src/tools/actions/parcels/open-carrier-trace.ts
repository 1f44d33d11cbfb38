import { z } from 'zod'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'
import { word } from '../read-args.ts'

const Args = z.strictObject({ shipmentId: word.optional(), reason: word.optional() })

/** Action `open_carrier_trace`: the carrier is asked to look for the parcel; without a shipment the one last heard of. A question asked stays asked. */
export function openCarrierTrace(systems: ShopSystems) {
  return keyedTool(systems.carriers, {
    kind: 'open_carrier_trace',
    system: 'carriers',
    args: Args,
    effect: ({ shipmentId }, { id }) =>
      `Ask the carrier to look for ${shipmentId ? `parcel ${shipmentId}` : 'the parcel'} of order ${id}.`,
    reversible: false,
    send: (by, { order }, { shipmentId }, signal) => systems.carriers.openTrace(by, order, shipmentId ?? null, signal),
    shows: async (_action, _args, receipt) => receipt !== '',
  })
}
