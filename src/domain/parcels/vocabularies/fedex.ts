import type { Vocabulary } from '../parcel-state.ts'

/**
 * FedEx tracking event codes. Source: FedEx Web Services Developer Guide, tracking status codes; compared with
 * Shopify/active_shipping, sailrish/shipit, anatelli10/ts-shipment-tracking (MIT) and mediocre/bloodhound (Apache-2.0).
 */
export const FEDEX: Vocabulary = {
  pre_transit: 'OC EP AP IN',
  in_transit:
    'AA AC AD AF AO AR AX CC CH CP DP DR DS EA ED EO FD IT IX LO OF OX PD PF PL PM PU PX RC RM RR SF SP TR TP CDO HX',
  out_for_delivery: 'OD HL HP HA',
  delivered: 'DL',
  exception: 'SE DE DY DD CD CU BB AS',
  return_to_sender: 'RS RP RD RG LP RT',
  failure: 'CA CN LOST',
}
