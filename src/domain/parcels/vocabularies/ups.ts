import type { Vocabulary } from '../parcel-state.ts'

/**
 * UPS: `type:X` is a status type alone, `X/YZ` type and code; a bare code is one whose type is not known. The code says more
 * than its type only where it is listed. Sources: UPS Tracking API documentation (status types);
 * compared with sailrish/shipit and anatelli10/ts-shipment-tracking (MIT).
 */
export const UPS: Vocabulary = {
  pre_transit: 'type:M MP M/MP XD M/XD',
  in_transit:
    'type:I type:P type:DO type:DD type:W type:RX AR I/AR DP I/DP OR I/OR EP I/EP DS I/DS PU P/PU WS I/WS YP I/YP SR I/SR LC I/LC CR I/CR UR I/UR',
  out_for_delivery: 'type:O OF OT I/OF I/OT OFD I/OFD',
  delivered: 'type:D FS KB KM D/FS D/KB D/KM',
  exception: 'type:X type:NA DJ X/DJ',
  return_to_sender: 'type:RS RS X/RS I/RS R0 X/R0 RTS',
  failure: 'type:MV VP M/VP LOST VM',
}
