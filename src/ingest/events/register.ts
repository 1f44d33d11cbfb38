import { compareStamps, compareTexts, type Stamp } from './stamp.ts'

/** What an event said, and when. */
export type Head = { stamp: Stamp; value: unknown }

/**
 * What is known of one fact (a price, the stock at one place): the newest that was said with a sequence, and the newest without.
 * Registers may be fed in any order and any number of times; the result is the same. Plain JSON, since it is stored.
 */
export type Register = {
  sequenced: Head | null
  timed: Head | null
  /** The latest time of any event with a sequence: its successors are no older, whatever their sender's clock says. */
  sequencedUntil: string
}

export const UNKNOWN: Register = { sequenced: null, timed: null, sequencedUntil: '' }

/** The register after one more event. */
export function learn(register: Register, head: Head): Register {
  return head.stamp.sequence === null
    ? { ...register, timed: newer(register.timed, head) }
    : {
        ...register,
        sequenced: newer(register.sequenced, head),
        sequencedUntil: later(register.sequencedUntil, head.stamp.time),
      }
}

/** What both know of the same fact. */
export function together(left: Register, right: Register): Register {
  return {
    sequenced: newer(left.sequenced, right.sequenced),
    timed: newer(left.timed, right.timed),
    sequencedUntil: later(left.sequencedUntil, right.sequencedUntil),
  }
}

/** What holds now. Between a sequence and none, time decides, since nothing else compares the two. */
export function current({ sequenced, timed, sequencedUntil }: Register): Head | null {
  if (!sequenced || !timed) return sequenced ?? timed
  return compareTexts(sequencedUntil, timed.stamp.time) >= 0 ? sequenced : timed
}

/** Whether both are the word of the same event. */
export function isSame(left: Head | null, right: Head | null): boolean {
  return left?.stamp.source === right?.stamp.source && left?.stamp.id === right?.stamp.id
}

function newer(left: Head | null, right: Head | null): Head | null {
  if (!left || !right) return left ?? right
  return compareStamps(left.stamp, right.stamp) >= 0 ? left : right
}

function later(left: string, right: string): string {
  return compareTexts(left, right) >= 0 ? left : right
}
