import type { Audience, Chunk, DocumentKind } from '#domain/document.ts'
import type { ChunkId } from '#domain/ids.ts'
import type { EncodedPassage } from '../../encoder/passage-encoder.ts'
import type { Placement } from './visibility.ts'

/** Which slots a question may see, and about how many (dates aside). */
export type Visible = { sees(slot: number): boolean; each(visit: (slot: number) => void): void; atMost: number }

/** A table written out; gaps are slots of removed passages. */
export type StoredTable = {
  rows: Uint32Array<ArrayBuffer>
  classes: Uint16Array<ArrayBuffer>
  records: Uint8Array<ArrayBuffer>
  texts: Uint32Array<ArrayBuffer>
  placements: Placement[]
  /** Slot, beginning, end (ms since 1970, null where open). */
  dates: [number, number | null, number | null][]
  ids: (ChunkId | null)[]
  hashes: (string | null)[]
  keys: (string[] | null)[]
}

/** Live passages by slot. Slots are given upwards and never again; compaction makes a new table. */
export type PassageTable = {
  slotOf(id: ChunkId): number | undefined
  add(chunk: Chunk, encoded: EncodedPassage): number
  /** Gives the distinct terms the passage had. */
  remove(slot: number): Uint32Array
  chunk(slot: number): Chunk
  /** The same, most of it read when first looked at (see lazy-chunk.ts). */
  lazily(slot: number): Chunk
  id(slot: number): ChunkId
  contentHash(slot: number): string
  keys(slot: number): string[]
  /** A number made of the passage's id: an order that every index of the same passages has. */
  rank(slot: number): number
  terms(slot: number): Uint32Array
  text(slot: number): { sequence: Uint32Array; head: number }
  withKey(key: string): readonly number[]
  visible(audience: Audience, kinds: DocumentKind[] | null, at: Date): Visible
  liveSlots(): number[]
  slotCount(): number
  liveCount(): number
  /** A table of the live passages alone; `renumber` gives each old slot its new one, or −1. */
  compacted(pause: () => Promise<void>): Promise<{ table: PassageTable; renumber: Int32Array }>
  /** Nothing may be added or removed until it was written; `records` and `texts` come in parts. */
  stored(): Omit<StoredTable, 'records' | 'texts'> & {
    records: Uint8Array<ArrayBuffer>[]
    texts: Uint32Array<ArrayBuffer>[]
  }
}
