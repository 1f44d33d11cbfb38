import type { ParcelState } from './parcel-state.ts'

/**
 * What a description says, the first rule that holds. Written from how carriers phrase their events; a description is
 * other people's text: it can name a state and nothing else.
 */
const RULES: [ParcelState, RegExp][] = [
  [
    'failure',
    /\b(lost|cannot be located|destroyed|disposed|cancell?ed by|shipment cancell?ed|voided|label expired)\b/i,
  ],
  [
    'return_to_sender',
    /\breturn(ed|ing)?\b.{0,40}\b(sender|shipper|seller|origin|merchant|dock)\b|\breturn initiated\b|\bzurück an (den )?absender\b/i,
  ],
  [
    'exception',
    /\b(damage|undeliverable|could not be delivered|unable to deliver|not delivered|no access|delivery attempt|attempted (the )?delivery|notice (card )?left|nobody home|not home|incorrect address|address (incomplete|incorrect|not found|unknown)|insufficient address|refus|delay|on hold|held (in|at|by) customs|exception|missort|missed|weather|strike|held for payment|unclaimed|vacant|moved|no such number|final notice)/i,
  ],
  [
    'out_for_delivery',
    /\b(out[- ]for[- ]delivery|with (the )?(delivery )?courier|on (the )?(fedex )?vehicle for delivery|loaded (on|onto) (the )?(delivery )?vehicle|available for (pick[- ]?up|collection)|ready for (pick[- ]?up|collection)|can be (picked up|collected)|held at .{0,40}for (recipient )?pick[- ]?up|in zustellung)\b/i,
  ],
  [
    'delivered',
    /\b(successfully delivered|delivered|delivery confirmed|proof of delivery|handed to (the )?(resident|recipient)|collected by (the )?(recipient|customer)|zugestellt)\b/i,
  ],
  [
    'pre_transit',
    /\b(label (was )?(created|printed|generated)|(shipment|shipping|billing|order|electronic)( shipping)? info(rmation)? (sent|received|submitted)|electronic(ally)? (information|notification)|information submitted by shipper|pre[- ]?shipment|awaiting item|not yet handed over|order created|manifest)\b/i,
  ],
  [
    'in_transit',
    /\b(arriv|depart|left|in transit|en route|on its way|transfer|processed|picked up|pickup|collected from|accept|received|forwarded|clearance|customs|cleared|sort|scan|facility|hub|gateway|terminal|shipped|dispatched|moving)/i,
  ],
]

/** The state a description names; null where it names none. */
export function stateInWords(description: string): ParcelState | null {
  return RULES.find(([, pattern]) => pattern.test(description))?.[0] ?? null
}
