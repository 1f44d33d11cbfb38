import type { Chunk } from '#domain/document.ts'

/** A field that a question sets a condition on, by the names listings give it, likeliest first. `price` is the price. */
export type AskedSlot = { names: string[] }

/** What the catalog itself says to a question, over all products rather than the best hits. */
export type CatalogFinding =
  | {
      kind: 'list'
      /** Conditions and ranking were read from fields; false: words of the listing alone. */
      typed: boolean
      /** Every product of the kind was considered, as far as its word can tell. */
      whole: boolean
      /** Asks which products have what it names. */
      seeking: boolean
      /** Fields to show, in the order they were asked for. */
      slots: AskedSlot[]
      /** Those that fit, at most five, best first, and how many there are. */
      fitting: Chunk[]
      total: number
      /** Products of the kind asked for whose listing says otherwise, at most five, and how many there are. */
      failing: Chunk[]
      failed: number
      /** How many of the kind do not say. */
      silent: number
      /** Ranked by the last slot: `fitting` has the one that was asked for first. */
      ranked: 'more' | 'less' | null
      /** One of the conditions is that something is not so. */
      denying: boolean
      /** Names things and asks nothing: `dimmable floor lamps`. */
      phrase: boolean
      /** Words that the listings have, as typed. */
      words: string[]
    }
  | {
      kind: 'comparison'
      /** Two to four. */
      sides: Chunk[]
      /** Null: all that both say. */
      slot: AskedSlot | null
      /** Which is looked for: the one with the greater or the smaller value; null for no such wish. */
      more: boolean | null
      explained: string[]
    }
  /** A product of the shop is compared with what is none. */
  | { kind: 'one_sided' }
  /** One word more would settle it; `about` is what has to be chosen, `side` being a product that is compared, `spelling` the question itself. */
  | {
      kind: 'unclear'
      about: 'product' | 'side' | 'kind' | 'field' | 'spelling'
      options: { label: string; value: string }[]
    }
  /** The one product that has the name; see names.ts. */
  | { kind: 'named'; chunk: Chunk; explained: string[] }
