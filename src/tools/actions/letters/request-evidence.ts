import type { ShopSystems } from '../keyed-tool.ts'
import { letterTool } from './letter.ts'

/** Action `request_evidence`: asks for pictures of what is wrong. */
export function requestEvidence(systems: ShopSystems) {
  return letterTool(systems, {
    kind: 'request_evidence',
    topic: 'pictures of the damage',
    standard: 'We are sorry to hear that. Please send us pictures of the parcel and of what is damaged.',
    does: (order) => `Ask the customer of order ${order} for pictures of the damage.`,
  })
}
