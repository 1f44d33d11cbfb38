import type { Chunk } from '#domain/document.ts'
import type { ChunkId } from '#domain/ids.ts'
import type { Vocabulary } from '../encoder/vocabulary.ts'
import { bestByWords } from './best-by-words.ts'
import type { PassageTable, StoredTable } from './passages/passage-table.port.ts'
import { passageTable } from './passages/passage-table.ts'
import { type SlotLists, slotLists } from './passages/slot-lists.ts'
import { nextTurn, pausing } from './pausing.ts'
import { type Postings, postings, type StoredPostings } from './postings.ts'
import type { IndexChange, IndexedPassage, IndexHit, IndexHits, IndexQuery, SearchIndex } from './search-index.port.ts'
import { type Nearest, nearest, type StoredNearest } from './vectors/nearest.ts'
import type { NeighbourGraph } from './vectors/neighbours.usearch.ts'

/** Passages taken in between two looks at what else there is to do: some milliseconds. */
const BATCH = 100
/** Compaction starts when this many passages are gone and they are a third of all. */
const LEAST_GONE = 1000
/** The graph of neighbours grows only after so many turns of the event loop without a change. */
const QUIET_TURNS = 3
/** More passages of one name than this are no exact match but a family. */
const MOST_OF_A_KEY = 50

/** An index written out. The vocabulary's stems are its owner's to write. */
export type StoredIndex = { table: StoredTable; postings: StoredPostings; dense: StoredNearest | null }

/** What writing an index out reads: views of what is live, so nothing may change until they were written. */
export type OpenIndex = {
  table: ReturnType<PassageTable['stored']>
  postings: ReturnType<Postings['stored']>
  dense: StoredNearest | null
}

export type InProcessOptions = {
  /** The shop's; its frequencies are kept by this index alone. With `from`, it has the stems but no frequencies yet. */
  vocabulary: Vocabulary
  /** Null without usearch. */
  graph: NeighbourGraph | null
  from?: StoredIndex
  /** See nearest.ts; for tests. */
  exactBelow?: number
  leastGone?: number
}

export type InProcessIndex = SearchIndex & {
  /** Counts changes; while it stays the same, what `open` gave is still what there is. */
  changes(): number
  open(): OpenIndex
  /** Every live passage with its keys, decoded one at a time; of those that change on the way, as they are when their turn comes. */
  passages(): Iterable<{ chunk: Chunk; keys: string[] }>
}

/** The index that lives in this process: postings and vectors in typed arrays, removed passages as gaps until compaction. */
export function inProcessIndex(options: InProcessOptions): InProcessIndex {
  const { vocabulary, graph, exactBelow, leastGone = LEAST_GONE, from } = options
  const byWords = bestByWords()
  const closing = new AbortController()
  let table: PassageTable = passageTable(from?.table)
  let lists: Postings = postings(from?.postings)
  let dense: Nearest | null = from?.dense ? denseOf(from.dense.dimensions, from.dense) : null
  let slotsOfHash: SlotLists = slotLists()
  /** Contents without a vector, in order of arrival. */
  const bare = new Set<string>()
  let last: Promise<void> = Promise.resolve()
  let settling: Promise<void> | null = null
  let changes = 0
  if (from) takeOver()

  function takeOver(): void {
    for (const slot of table.liveSlots()) {
      vocabulary.count(table.terms(slot), 1)
      slotsOfHash.add(table.contentHash(slot), slot)
      if (!dense?.has(slot)) bare.add(table.contentHash(slot))
    }
    settle()
  }

  function denseOf(dimensions: number, stored?: StoredNearest): Nearest {
    const rank = (slot: number) => table.rank(slot)
    return nearest(dimensions, {
      graph,
      rank,
      ...(exactBelow ? { exactBelow } : {}),
      ...(stored ? { from: stored } : {}),
    })
  }

  /** Changes come one after another; a failed one does not stop the next. */
  function inOrder(work: () => Promise<void>): Promise<void> {
    changes += 1
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }

  async function apply({ removed, upserted }: IndexChange, signal: AbortSignal): Promise<void> {
    await inOrder(async () => {
      const pause = pausing(signal)
      for (const [place, id] of removed.entries()) {
        if (place % BATCH === BATCH - 1) await pause()
        takeOut(table.slotOf(id))
      }
      for (const [place, passage] of upserted.entries()) {
        if (place % BATCH === BATCH - 1) await pause()
        takeOut(table.slotOf(passage.chunk.id))
        putIn(passage)
      }
      const gone = table.slotCount() - table.liveCount()
      if (gone >= leastGone && gone * 3 >= table.slotCount()) await compact(pause)
    })
    settle()
  }

  function takeOut(slot: number | undefined): void {
    if (slot === undefined) return
    const contentHash = table.contentHash(slot)
    slotsOfHash.remove(contentHash, slot)
    if (slotsOfHash.of(contentHash).length === 0) bare.delete(contentHash)
    vocabulary.count(table.remove(slot), -1)
    dense?.remove(slot)
  }

  function putIn({ chunk, encoded, vector }: IndexedPassage): void {
    const slot = table.add(chunk, encoded)
    lists.add(slot, encoded.terms, encoded.weights)
    vocabulary.count(encoded.terms, 1)
    slotsOfHash.add(chunk.contentHash, slot)
    bare.add(chunk.contentHash)
    if (vector) giveVector(chunk.contentHash, vector)
  }

  /** To every passage of that content: a vector is made of it alone. */
  function giveVector(contentHash: string, vector: Float32Array): void {
    const slots = slotsOfHash.of(contentHash)
    if (slots.length === 0) return
    dense ??= denseOf(vector.length)
    for (const slot of slots) if (!dense.has(slot)) dense.set(slot, vector)
    bare.delete(contentHash)
  }

  async function compact(pause: () => Promise<void>): Promise<void> {
    const fresh = await table.compacted(pause)
    const freshLists = await lists.compacted(fresh.renumber, pause)
    // From here to the end nothing waits: a search sees the old state or the new.
    table = fresh.table
    lists = freshLists
    dense?.renumber(fresh.renumber)
    slotsOfHash = slotLists()
    for (const slot of table.liveSlots()) slotsOfHash.add(table.contentHash(slot), slot)
  }

  /** In its own time and beside other changes: what is not in the graph yet is scanned, so nobody waits for this. */
  function settle(): void {
    if (settling || closing.signal.aborted || !dense) return
    settling = dense
      .settle(async () => {
        // Changes go first: they are what somebody waits for. A few turns without one is a pause.
        for (let seen = -1; seen !== changes; ) {
          seen = changes
          await last
          for (let turn = 0; turn < QUIET_TURNS; turn += 1) await nextTurn()
        }
        closing.signal.throwIfAborted()
      }, closing.signal)
      .catch(() => {})
      .finally(() => {
        settling = null
      })
  }

  async function setVectors(
    given: { contentHash: string; vector: Float32Array }[],
    signal: AbortSignal,
  ): Promise<void> {
    await inOrder(async () => {
      const pause = pausing(signal)
      for (const [place, { contentHash, vector }] of given.entries()) {
        if (place % BATCH === BATCH - 1) await pause()
        giveVector(contentHash, vector)
      }
    })
    settle()
  }

  function withoutVector(limit: number, after: number): string[] {
    const hashes: string[] = []
    let place = 0
    for (const hash of bare) {
      if (place++ < after) continue
      hashes.push(hash)
      if (hashes.length >= limit) break
    }
    return hashes
  }

  async function search(query: IndexQuery, signal: AbortSignal): Promise<IndexHits> {
    signal.throwIfAborted()
    const visible = table.visible(query.audience, query.kinds, query.at)
    const vector = query.vector && Float64Array.from(query.vector)
    const also = vector && dense ? dense.near(vector, query.candidates, visible) : []
    const carried = new Map<number, string[]>()
    for (const key of new Set(query.keys)) {
      for (const slot of table.withKey(key).slice(0, MOST_OF_A_KEY)) {
        if (!visible.sees(slot)) continue
        also.push(slot)
        carried.set(slot, [...(carried.get(slot) ?? []), key])
      }
    }
    const found = byWords(lists, table.slotCount(), query.terms, query.candidates, visible.sees, also, table.rank)
    const hits = [...found].map(([slot, sparse]): IndexHit => {
      const cosine = vector && dense ? dense.cosine(slot, vector) : null
      return { chunk: table.lazily(slot), sparse, cosine, keys: carried.get(slot) ?? [], ...table.text(slot) }
    })
    return { hits, meanCosine: vector && dense ? dense.meanCosine(vector) : 0 }
  }

  function likeness(leaders: ChunkId[], passages: ChunkId[]): (number | null)[] {
    const middle = dense?.middle(leaders.flatMap((id) => table.slotOf(id) ?? []))
    // No slot is −1: what has none has no vector either.
    return passages.map((id) => (middle && dense?.cosine(table.slotOf(id) ?? -1, middle)) ?? null)
  }

  function* passages(): Generator<{ chunk: Chunk; keys: string[] }> {
    for (const id of table.liveSlots().map(table.id)) {
      const slot = table.slotOf(id)
      if (slot !== undefined) yield { chunk: table.chunk(slot), keys: table.keys(slot) }
    }
  }

  return {
    apply,
    setVectors,
    withoutVector,
    search,
    likeness,
    size: () => ({
      chunks: table.liveCount(),
      vectors: dense?.count() ?? 0,
      waiting: dense?.waiting() ?? 0,
      dense: dense && dense.count() > 0 ? dense.mode() : 'off',
    }),
    changes: () => changes,
    open: () => ({ table: table.stored(), postings: lists.stored(), dense: dense?.stored() ?? null }),
    passages,
    async close() {
      closing.abort(new Error('the index was closed'))
      await last
      await settling
    },
  }
}
