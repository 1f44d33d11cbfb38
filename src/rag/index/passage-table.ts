import type { Audience, Chunk, DocumentKind } from '#domain/document.ts'
import type { ChunkId } from '#domain/ids.ts'
import type { EncodedPassage } from '../encoder/passage-encoder.ts'
import { type TermArena, termArena } from './term-arena.ts'
import { type Placement, placementOf, visibleClasses } from './visibility.ts'

/** The class of a slot whose passage is gone. */
const GONE = 0xffff

type Row = {
  chunk: Chunk
  keys: string[]
  block: number
  start: number
  terms: number
  head: number
  sequence: number
  from: number
  until: number
}
type Class = { placement: Placement; live: number; slots: number[] }

/** Which slots a question may see, and about how many (dates aside). */
export type Visible = { sees(slot: number): boolean; each(visit: (slot: number) => void): void; atMost: number }

/** Live passages by slot. Slots are given upwards and never again; compaction makes a new table. */
export type PassageTable = {
  slotOf(id: ChunkId): number | undefined
  add(chunk: Chunk, encoded: EncodedPassage): number
  /** Gives the distinct terms the passage had. */
  remove(slot: number): Uint32Array
  chunk(slot: number): Chunk
  keys(slot: number): string[]
  text(slot: number): { sequence: Uint32Array; head: number }
  withKey(key: string): number[]
  visible(audience: Audience, kinds: DocumentKind[] | null, at: Date): Visible
  liveSlots(): number[]
  slotCount(): number
  liveCount(): number
  /** A table of the live passages alone; `renumber` gives each old slot its new one, or −1. */
  compacted(pause: () => Promise<void>): Promise<{ table: PassageTable; renumber: Int32Array }>
}

export function passageTable(): PassageTable {
  const arena: TermArena = termArena()
  const rows: (Row | null)[] = []
  const slots = new Map<ChunkId, number>()
  const named = new Map<string, number[]>()
  const classes: Class[] = []
  const classNumbers = new Map<string, number>()
  let classOf = new Uint16Array(1024)
  /** Slots with dates; of the others the class alone decides, without touching their row. */
  const dated = new Set<number>()

  function classNumber(chunk: Chunk): number {
    const placement = placementOf(chunk)
    const name = JSON.stringify(placement)
    let number = classNumbers.get(name)
    if (number === undefined) {
      number = classes.length
      classes.push({ placement, live: 0, slots: [] })
      classNumbers.set(name, number)
    }
    return number
  }

  function add(chunk: Chunk, { terms, sequence, head, keys }: EncodedPassage): number {
    const slot = rows.length
    const record = new Uint32Array(terms.length + sequence.length)
    record.set(terms)
    record.set(sequence, terms.length)
    const from = chunk.validFrom ? Date.parse(chunk.validFrom) : Number.NEGATIVE_INFINITY
    const until = chunk.validUntil ? Date.parse(chunk.validUntil) : Number.POSITIVE_INFINITY
    rows.push({ chunk, keys, ...arena.put(record), terms: terms.length, head, sequence: sequence.length, from, until })
    slots.set(chunk.id, slot)
    if (chunk.validFrom || chunk.validUntil) dated.add(slot)
    for (const key of keys) {
      const list = named.get(key)
      if (list) list.push(slot)
      else named.set(key, [slot])
    }
    if (slot >= classOf.length) classOf = grown(classOf)
    const number = classNumber(chunk)
    classOf[slot] = number
    const home = classes[number]
    if (home) {
      home.live += 1
      home.slots.push(slot)
    }
    return slot
  }

  function remove(slot: number): Uint32Array {
    const row = rowAt(slot)
    const home = classes[classOf[slot] ?? GONE]
    if (home) home.live -= 1
    classOf[slot] = GONE
    dated.delete(slot)
    rows[slot] = null
    slots.delete(row.chunk.id)
    for (const key of row.keys) {
      const left = (named.get(key) ?? []).filter((other) => other !== slot)
      if (left.length > 0) named.set(key, left)
      else named.delete(key)
    }
    return arena.view({ block: row.block, start: row.start, length: row.terms })
  }

  function rowAt(slot: number): Row {
    const row = rows[slot]
    if (!row) throw new RangeError(`slot ${slot} holds no passage`)
    return row
  }

  function text(slot: number) {
    const row = rowAt(slot)
    return {
      sequence: arena.view({ block: row.block, start: row.start + row.terms, length: row.sequence }),
      head: row.head,
    }
  }

  function visible(audience: Audience, kinds: DocumentKind[] | null, at: Date): Visible {
    const seen = visibleClasses(
      classes.map(({ placement }) => placement),
      (place) => classes[place]?.live ?? 0,
      audience,
      kinds,
    )
    const time = at.getTime()
    const sees = (slot: number) => {
      if (seen[classOf[slot] ?? GONE] !== true) return false
      if (dated.size === 0 || !dated.has(slot)) return true
      const row = rows[slot]
      // Validity ends with its last moment excluded, so that two versions that meet never both apply.
      return row !== null && row !== undefined && row.from <= time && time < row.until
    }
    const open = classes.filter((_, place) => seen[place])
    return {
      sees,
      each(visit) {
        for (const { slots } of open) for (const slot of slots) if (sees(slot)) visit(slot)
      },
      atMost: open.reduce((sum, { live }) => sum + live, 0),
    }
  }

  const liveSlots = () => [...slots.values()].sort((one, two) => one - two)

  async function compacted(pause: () => Promise<void>) {
    const table = passageTable()
    const renumber = new Int32Array(rows.length).fill(-1)
    for (const [place, slot] of liveSlots().entries()) {
      if (place % 2048 === 0) await pause()
      const { chunk, keys, block, start, terms } = rowAt(slot)
      const { sequence, head } = text(slot)
      // Weights live in the postings, which are renumbered apart.
      const encoded = {
        terms: arena.view({ block, start, length: terms }),
        weights: new Float32Array(0),
        sequence,
        head,
        keys,
      }
      renumber[slot] = table.add(chunk, encoded)
    }
    return { table, renumber }
  }

  return {
    slotOf: (id) => slots.get(id),
    add,
    remove,
    chunk: (slot) => rowAt(slot).chunk,
    keys: (slot) => rowAt(slot).keys,
    text,
    withKey: (key) => named.get(key) ?? [],
    visible,
    liveSlots,
    slotCount: () => rows.length,
    liveCount: () => slots.size,
    compacted,
  }
}

function grown(from: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const larger = new Uint16Array(from.length * 2)
  larger.set(from)
  return larger
}
