import type { Vocabulary } from '../parcel-state.ts'

/** DHL Express checkpoint codes. Source: DHL Express tracking checkpoint list; compared with sailrish/shipit (MIT). */
export const DHL: Vocabulary = {
  pre_transit: 'SA SD PRE',
  in_transit: 'PU AF AR DF PL TR IC CR CC AD FD PD RR DP HI HO HN IA PO SI ST SM TI WD SS BN BR CU TP',
  out_for_delivery: 'WC OP AH',
  delivered: 'OK',
  exception: 'BA CA CD CM HP MC MD MS ND NH OH RD SC TD UD UV NA DD',
  return_to_sender: 'RT RTS',
  failure: 'DS LS CN',
}
