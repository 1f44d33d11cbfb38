import type { Audience, Chunk, DocumentKind } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { ChunkId, DocumentId } from '#domain/ids.ts'
import type { EncodedPassage } from '../../encoder/passage-encoder.ts'
import { type Arena, arena, grown } from '../arena.ts'
import { type ChunkHead, lazyChunk, wholeChunk } from './lazy-chunk.ts'
import { rankOf } from './passage-rank.ts'
import type { PassageTable, StoredTable, Visible } from './passage-table.port.ts'
import { type SlotLists, slotLists } from './slot-lists.ts'
import { type Placement, placementOf, visibleClasses } from './visibility.ts'

/** The class of a slot whose passage is gone. */
const GONE = 0xffff
/** Numbers a slot has in `rows`: where its record is and how long, where its terms are, how many, and of its text. */
const ROW = 6
/** Passages kept decoded, each in the place of its slot's remainder: what was just found is often found again. */
const DECODED = 2048

type Class = { placement: Placement; live: number; slots: number[] }
const NEW_LINE = 10

/** What `add` puts into a slot: the passage as JSON, document and question in a line of their own; and what of it is looked at without decoding. */
type Entry = {
  id: ChunkId
  contentHash: string
  keys: string[]
  placement: Placement
  from: number | null
  until: number | null
  record: Buffer<ArrayBuffer>
  /** Terms, then the sequence. */
  text: Uint32Array<ArrayBuffer>
  terms: number
  head: number
}

/** A table without passages, or one that was written out; the arrays of `from` are then the table's own. */
export function passageTable(from?: StoredTable): PassageTable {
  return openTable(from).table
}

function openTable(from?: StoredTable): { table: PassageTable; put(entry: Entry): number } {
  const records: Arena<Buffer<ArrayBuffer>> = arena((length) => Buffer.alloc(length), from && bufferOf(from.records))
  const texts: Arena<Uint32Array<ArrayBuffer>> = arena((length) => new Uint32Array(length), from?.texts)
  const ids: (ChunkId | null)[] = from?.ids ?? []
  const hashes: (string | null)[] = from?.hashes ?? []
  const keys: (string[] | null)[] = from?.keys ?? []
  const slots = new Map<ChunkId, number>()
  const named: SlotLists = slotLists()
  const classes: Class[] = []
  const classNumbers = new Map<string, number>()
  let rows = from?.rows ?? new Uint32Array(1024 * ROW)
  let classOf = from?.classes ?? new Uint16Array(1024)
  let ranks = new Float64Array(1024)
  /** Slots with dates; of the others the class alone decides. */
  const dated = new Map<number, { from: number | null; until: number | null }>()
  const decoded: ({ slot: number; chunk: Chunk } | undefined)[] = []
  if (from) takeOver(from)

  function takeOver(stored: StoredTable): void {
    for (const placement of stored.placements) classNumber(placement)
    for (const [slot, from, until] of stored.dates) dated.set(slot, { from, until })
    for (let slot = 0; slot < ids.length; slot += 1) if (ids[slot] !== null) enter(slot, classOf[slot] ?? GONE)
  }

  /** Makes a slot whose row is written findable. */
  function enter(slot: number, number: number): void {
    const id = ids[slot] as ChunkId
    slots.set(id, slot)
    if (slot >= ranks.length) ranks = grown(ranks, new Float64Array(slot * 2))
    ranks[slot] = rankOf(id)
    for (const key of keys[slot] ?? []) named.add(key, slot)
    const home = classes[number]
    if (!home) return
    home.live += 1
    home.slots.push(slot)
  }

  function classNumber(placement: Placement): number {
    const name = JSON.stringify(placement)
    let number = classNumbers.get(name)
    if (number === undefined) {
      number = classes.length
      classes.push({ placement, live: 0, slots: [] })
      classNumbers.set(name, number)
    }
    return number
  }

  function put(entry: Entry): number {
    const slot = ids.length
    ids.push(entry.id)
    hashes.push(entry.contentHash)
    keys.push(entry.keys)
    if ((slot + 1) * ROW > rows.length) rows = grown(rows, new Uint32Array(rows.length * 2 + ROW))
    const { record, text, terms, head } = entry
    const places = [records.put(record), record.length, texts.put(text), terms]
    rows.set([...places, head, text.length - terms], slot * ROW)
    if (entry.from !== null || entry.until !== null) dated.set(slot, { from: entry.from, until: entry.until })
    if (slot >= classOf.length) classOf = grown(classOf, new Uint16Array(slot * 2 + 1))
    const number = classNumber(entry.placement)
    classOf[slot] = number
    enter(slot, number)
    return slot
  }

  function add(chunk: Chunk, { terms, sequence, head, keys }: EncodedPassage): number {
    const text = new Uint32Array(terms.length + sequence.length)
    text.set(terms)
    text.set(sequence, terms.length)
    const { id, contentHash, documentId, question, ...rest } = chunk
    const { validFrom, validUntil } = chunk
    const record = Buffer.from(`${JSON.stringify([documentId, question])}\n${JSON.stringify(rest)}`)
    const [from, until] = [timeOf(validFrom), timeOf(validUntil)]
    const placement = placementOf(chunk)
    return put({ id, contentHash, keys, placement, from, until, record, text, terms: terms.length, head })
  }

  function remove(slot: number): Uint32Array {
    const had = terms(slot)
    const home = classes[classOf[slot] ?? GONE]
    if (home) home.live -= 1
    classOf[slot] = GONE
    dated.delete(slot)
    slots.delete(ids[slot] as ChunkId)
    for (const key of keys[slot] ?? []) named.remove(key, slot)
    ids[slot] = hashes[slot] = keys[slot] = null
    if (decoded[slot % DECODED]?.slot === slot) decoded[slot % DECODED] = undefined
    return had
  }

  /** A number of the slot's row. */
  function at(slot: number, column: number): number {
    if (ids[slot] == null) throw new RangeError(`slot ${slot} holds no passage`)
    return rows[slot * ROW + column] as number
  }
  const recordOf = (slot: number) => records.view(at(slot, 0), at(slot, 1))
  const terms = (slot: number) => texts.view(at(slot, 2), at(slot, 3))
  const text = (slot: number) => ({ sequence: texts.view(at(slot, 2) + at(slot, 3), at(slot, 5)), head: at(slot, 4) })

  /** Reads no more of the record than it needs; the rest may be read later, even when the passage is gone by then. */
  function lazily(slot: number): Chunk {
    const record = recordOf(slot)
    const end = record.indexOf(NEW_LINE)
    const [documentId, question] = readJson(record.toString('utf8', 0, end)) as [DocumentId, string | null]
    const home = classes[classOf[slot] as number] as Class
    const head: ChunkHead = {
      id: ids[slot] as ChunkId,
      documentId,
      kind: home.placement.kind,
      contentHash: hashes[slot] as string,
    }
    if (question !== null) head.question = question
    return lazyChunk(head, () => {
      const known = decoded[slot % DECODED]
      if (known?.slot === slot) return known.chunk
      const chunk = { ...(readJson(record.toString('utf8', end + 1)) as Chunk), ...head }
      decoded[slot % DECODED] = { slot, chunk }
      return chunk
    })
  }

  function visible(audience: Audience, kinds: DocumentKind[] | null, at: Date): Visible {
    const placements = classes.map(({ placement }) => placement)
    const seen = visibleClasses(placements, (place) => classes[place]?.live ?? 0, audience, kinds)
    const time = at.getTime()
    const sees = (slot: number) => {
      if (seen[classOf[slot] ?? GONE] !== true) return false
      if (dated.size === 0) return true
      const dates = dated.get(slot)
      // Validity ends with its last moment excluded, so that two versions that meet never both apply.
      return !dates || ((dates.from ?? -Infinity) <= time && time < (dates.until ?? Infinity))
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
    const fresh = openTable()
    const renumber = new Int32Array(ids.length).fill(-1)
    for (const [place, slot] of liveSlots().entries()) {
      if (place % 2048 === 0) await pause()
      renumber[slot] = fresh.put(entryOf(slot))
    }
    return { table: fresh.table, renumber }
  }

  function entryOf(slot: number): Entry {
    return {
      id: ids[slot] as ChunkId,
      contentHash: hashes[slot] as string,
      keys: keys[slot] ?? [],
      placement: (classes[classOf[slot] as number] as Class).placement,
      ...(dated.get(slot) ?? { from: null, until: null }),
      record: recordOf(slot),
      text: texts.view(at(slot, 2), at(slot, 3) + at(slot, 5)),
      terms: at(slot, 3),
      head: at(slot, 4),
    }
  }

  const table: PassageTable = {
    slotOf: (id) => slots.get(id),
    add,
    remove,
    chunk: (slot) => wholeChunk(lazily(slot)),
    lazily,
    id: (slot) => ids[slot] as ChunkId,
    keys: (slot) => keys[slot] ?? [],
    contentHash: (slot) => hashes[slot] ?? '',
    rank: (slot) => ranks[slot] as number,
    terms,
    text,
    withKey: named.of,
    visible,
    liveSlots,
    slotCount: () => ids.length,
    liveCount: () => slots.size,
    compacted,
    stored: () => ({
      rows: rows.slice(0, ids.length * ROW),
      classes: classOf.slice(0, ids.length),
      records: records.parts(),
      texts: texts.parts(),
      placements: classes.map(({ placement }) => placement),
      dates: [...dated].map(([slot, { from, until }]) => [slot, from, until]),
      ids,
      hashes,
      keys,
    }),
  }
  return { table, put }
}

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>) => Buffer.from(buffer, byteOffset, length)

/** Ms since 1970; a time that is none is one that never comes. */
function timeOf(instant: string | undefined): number | null {
  if (!instant) return null
  const time = Date.parse(instant)
  return Number.isNaN(time) ? 8.64e15 : time
}
