import { type Spelling, spelling } from './spelling.ts'

/**
 * The stems of one shop's live content: a number for each, and in how many live passages it stands. Numbers are given once
 * and never change while the process lives; a stem whose last passage went keeps its number with frequency 0.
 */
export type Vocabulary = {
  /** The stem's number, given now if it has none. */
  intern(stem: string): number
  find(stem: string): number | undefined
  stemOf(term: number): string
  /** Numbers given so far: the next stem gets this one. */
  size(): number
  /** Counts a passage's distinct terms in (+1) or out (−1). */
  count(terms: Uint32Array, change: 1 | -1): void
  frequency(term: number): number
  passages(): number
  /** 0 for what every passage has; highest for what none has. Robertson and Spärck Jones' weight, kept above 0 as Lucene does. */
  inverseFrequency(frequency: number): number
  /** Live stems spelled nearly like `stem`, best first. */
  near: Spelling['near']
}

/** The name under which two stems that stand together are one term. Stems have no spaces, so it is nobody else's. */
export function phraseStem(one: string, two: string): string {
  return `${one} ${two}`
}

/** An empty vocabulary. */
export function vocabulary(): Vocabulary {
  const numbers = new Map<string, number>()
  const stems: string[] = []
  let frequencies = new Uint32Array(1024)
  let passages = 0
  const words = spelling((term) => frequencies[term] ?? 0)

  return {
    intern(stem) {
      const known = numbers.get(stem)
      if (known !== undefined) return known
      const term = stems.length
      numbers.set(stem, term)
      stems.push(stem)
      if (term >= frequencies.length) frequencies = grown(frequencies)
      // Nobody misspells into two words.
      if (!stem.includes(' ')) words.learn(stem, term)
      return term
    },
    find: (stem) => numbers.get(stem),
    stemOf: (term) => stems[term] ?? '',
    size: () => stems.length,
    count(terms, change) {
      passages += change
      for (const term of terms) frequencies[term] = (frequencies[term] ?? 0) + change
    },
    frequency: (term) => frequencies[term] ?? 0,
    passages: () => passages,
    inverseFrequency: (frequency) => Math.log(1 + (Math.max(0, passages - frequency) + 0.5) / (frequency + 0.5)),
    near: words.near,
  }
}

function grown(from: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(from.length * 2)
  larger.set(from)
  return larger
}
