/** Values of a signature, and how they are banded: two passages meet when all rows of one band are equal. */
const BANDS = 9
const ROWS = 6
const VALUES = BANDS * ROWS
const BYTES = VALUES * 4
const SHINGLE_WORDS = 3
/** Shorter passages are like each other by chance, as two answers `Yes, in My account` are. */
export const LEAST_WORDS = 20
/**
 * Share of equal values from which two passages count as nearly the same: of all runs of three words that stand in either, about
 * four in five stand in both, as when one word in thirty differs. A pair as alike as that is met in 94 of 100 cases, one at 0.85 in 99.
 */
export const NEARLY_THE_SAME = 0.8
/** One odd factor a value, from a fixed sequence (golden ratio, as in Fibonacci hashing), so that every process agrees. */
const FACTORS = Uint32Array.from({ length: VALUES }, (_, at) => (Math.imul(at * 2 + 1, 0x9e3779b1) | 1) >>> 0)

/** Words as they are compared: lower case, without punctuation. */
export function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) ?? []
}

/** MinHash over runs of three words, 216 bytes whatever the length; null under twenty words. Source: Broder, 1997. */
export function signatureOf(words: string[]): Buffer | null {
  if (words.length < LEAST_WORDS) return null
  const hashes = words.map(hash32)
  const least = new Uint32Array(VALUES).fill(0xffffffff)
  for (let from = 0; from + SHINGLE_WORDS <= hashes.length; from++) {
    let shingle = 0
    for (let at = from; at < from + SHINGLE_WORDS; at++) shingle = Math.imul(shingle ^ (hashes[at] ?? 0), 0x85ebca6b)
    for (let at = 0; at < VALUES; at++) {
      const value = mixed(Math.imul(shingle, FACTORS[at] ?? 1) + at)
      if (value < (least[at] ?? 0)) least[at] = value
    }
  }
  const signature = Buffer.alloc(BYTES)
  least.forEach((value, at) => {
    signature.writeUInt32LE(value, at * 4)
  })
  return signature
}

/** One text a band; passages with one in common may be nearly the same. */
export function bandsOf(signature: Buffer): string[] {
  return Array.from({ length: BANDS }, (_, band) => {
    const rows = signature.subarray(band * ROWS * 4, (band + 1) * ROWS * 4)
    let value = 0
    for (let at = 0; at < rows.length; at += 4) value = mixed(Math.imul(value, 31) + rows.readUInt32LE(at))
    let second = 7
    for (let at = 0; at < rows.length; at += 4) second = mixed(Math.imul(second ^ rows.readUInt32LE(at), 0x9e3779b1))
    return `${band}.${value.toString(36)}.${second.toString(36)}`
  })
}

/** Share of equal values, 0 to 1. */
export function likeness(left: Buffer, right: Buffer): number {
  let equal = 0
  for (let at = 0; at < BYTES; at += 4) if (left.readUInt32LE(at) === right.readUInt32LE(at)) equal++
  return equal / VALUES
}

/** The signature of one passage among those of its document; null where it is too short to have one. */
export function signatureAt(signatures: Buffer | undefined, place: number): Buffer | null {
  const signature = signatures?.subarray(place * BYTES, (place + 1) * BYTES)
  return signature?.length === BYTES ? signature : null
}

function hash32(word: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < word.length; at++) value = Math.imul(value ^ word.charCodeAt(at), 0x01000193)
  return value >>> 0
}

/** Final mixing of MurmurHash3. */
function mixed(value: number): number {
  let bits = value ^ (value >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
