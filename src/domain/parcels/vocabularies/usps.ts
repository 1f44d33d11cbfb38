import type { Vocabulary } from '../parcel-state.ts'

/**
 * United States Postal Service, event codes. Sources: USPS Publication 199 and Web Tools documentation (code names);
 * compared with sailrish/shipit, anatelli10/ts-shipment-tracking (MIT) and mediocre/bloodhound (Apache-2.0).
 */
export const USPS: Vocabulary = {
  pre_transit: 'MA GX TM',
  in_transit:
    '03 06 07 08 10 11 12 13 14 15 30 31 32 33 34 35 36 38 45 46 80 81 82 83 84 85 86 87 89 A1 AA AD AE AX B1 B5 E1 EF L1 ' +
    'OA OR OX PC PR SF T1 TC U1 UA VC VF VR VS VX LD RB UD NT',
  out_for_delivery: '59 OF DG 16',
  delivered: '01 17 41 42 43 63 I0 DN BR',
  exception: '02 05 51 52 53 54 55 56 57 58 CA CM H0 HA LA NH TA RR NP VH',
  return_to_sender: '04 09 21 22 23 24 25 26 27 28 29 RT RS',
  failure: 'DE LC VO',
}
