import type { Vocabulary } from '../parcel-state.ts'

/**
 * Services that name the state of a parcel in words: EasyPost (status and status_detail), Shippo, Amazon Shipping (shippingV2).
 * Sources: EasyPost/easypost-node and goshippo/shippo-javascript-sdk (MIT), amzn/selling-partner-api-models (Apache-2.0).
 */
export const EASYPOST: Vocabulary = {
  pre_transit: 'pre_transit label_created awaiting_shipment',
  in_transit:
    'in_transit accepted arrived_at_destination arrived_at_destination_facility arrived_at_facility departed_facility departed_origin_facility in_transit_to_next received_at_destination_facility received_at_origin_facility picked_up status_update customs_cleared customs_clearance transit forwarded rescheduled_delivery',
  out_for_delivery:
    'out_for_delivery available_for_pickup arrived_at_pickup_location awaiting_customer_pickup ready_for_pickup',
  delivered: 'delivered',
  exception:
    'address_correction missorted weather_delay delivery_exception refused damaged delayed delay contact_customer customs_delay delivery_attempted incorrect_address exception held held_at_customs insufficient_address unclaimed exceeded_delivery_window missing_address recipient_unavailable',
  return_to_sender: 'return_to_sender return return_initiated returned',
  failure: 'failure cancelled canceled expired lost error destroyed undeliverable void',
}

export const SHIPPO: Vocabulary = {
  pre_transit: 'PRE_TRANSIT',
  in_transit: 'TRANSIT',
  delivered: 'DELIVERED',
  return_to_sender: 'RETURNED',
  failure: 'FAILURE',
}

export const AMAZON: Vocabulary = {
  pre_transit: 'ReadyForReceive PreTransit LabelCreated PickupScheduled',
  in_transit:
    'PickupDone ArrivedAtCarrierFacility Departed InTransit Rescheduled ArrivedAtLocalFacility CustomsClearance AcceptedByCarrier ReceivedAtCarrier',
  out_for_delivery: 'OutForDelivery AvailableForPickup',
  delivered: 'Delivered PickedUp CollectedByCustomer',
  exception: 'DeliveryAttempted Delayed Rejected Undeliverable AddressNotFound HeldAtCustoms Damaged',
  return_to_sender: 'ReturnInitiated Returned ReturnedToSeller Returning',
  failure: 'Lost PickupCancelled Cancelled Destroyed',
}

/** Short words many carriers and order systems use for themselves. */
export const PLAIN: Vocabulary = {
  pre_transit: 'INFO LABEL CREATED PRE PRE_TRANSIT MANIFESTED ANNOUNCED',
  in_transit: 'COLL ARR DEP IN_TRANSIT TRANSIT PICKED_UP PICKUP HUB SORT SHIPPED',
  out_for_delivery: 'OFD OUT_FOR_DELIVERY READY_FOR_PICKUP AVAILABLE_FOR_PICKUP',
  delivered: 'DEL DELIVERED POD',
  exception: 'ATT DLY DELAY DELAYED DMG DAMAGED EXCEPTION HELD HOLD ADDR REF REFUSED',
  return_to_sender: 'RTS RETURN RETURNED RETURNING RETURN_TO_SENDER',
  failure: 'LOST FAILURE CANCELLED CANCELED EXPIRED VOID',
}
