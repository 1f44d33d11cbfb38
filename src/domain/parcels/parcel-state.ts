/** Where a parcel stands, whoever carries it. */
export const PARCEL_STATES = [
  /** A label, and nothing handed over yet. */
  'pre_transit',
  'in_transit',
  /** With the driver, or ready to be collected. */
  'out_for_delivery',
  'delivered',
  /** Needs attention, may still arrive. */
  'exception',
  'return_to_sender',
  /** Ended without a delivery: lost, cancelled, expired. */
  'failure',
] as const
export type ParcelState = (typeof PARCEL_STATES)[number]

/** A carrier's codes by what they mean: codes separated by spaces, a state each. */
export type Vocabulary = Partial<Record<ParcelState, string>>

/** The state of each code of a vocabulary, by code in capitals. */
export function statesOf(vocabulary: Vocabulary): ReadonlyMap<string, ParcelState> {
  return new Map(
    PARCEL_STATES.flatMap((state) =>
      (vocabulary[state] ?? '')
        .split(/\s+/)
        .filter(Boolean)
        .map((code): [string, ParcelState] => [code.toUpperCase(), state]),
    ),
  )
}
