import type { Vocabulary } from '../encoder/vocabulary.ts'
import { bestByWords } from './best-by-words.ts'
import { type Nearest, nearest } from './nearest.ts'
import type { NeighbourGraph } from './neighbours.usearch.ts'
import { type PassageTable, passageTable } from './passage-table.ts'
import { type Postings, postings } from './postings.ts'
import type { IndexChange, IndexedPassage, IndexHit, IndexHits, IndexQuery, SearchIndex } from './search-index.port.ts'

/** Passages taken in between two looks at what else there is to do: some milliseconds. */
const BATCH = 100
/** Compaction starts when this many passages are gone and they are a third of all. */
const LEAST_GONE = 1000
/** The graph of neighbours grows only after so many turns of the event loop without a change. */
const QUIET_TURNS = 3
/** More passages of one name than this are no exact match but a family. */
const MOST_OF_A_KEY = 50

export type InProcessOptions = {
  /** The shop's; its frequencies are kept by this index alone. */
  vocabulary: Vocabulary
  /** Null without usearch. */
  graph: NeighbourGraph | null
  /** See nearest.ts; for tests. */
  exactBelow?: number
  leastGone?: number
}

/** The index that lives in this process: postings and vectors in typed arrays, removed passages as gaps until compaction. */
export function inProcessIndex({
  vocabulary,
  graph,
  exactBelow,
  leastGone = LEAST_GONE,
}: InProcessOptions): SearchIndex {
  const byWords = bestByWords()
  let table: PassageTable = passageTable()
  let lists: Postings = postings()
  let dense: Nearest | null = null
  let slotsOfHash = new Map<string, number[]>()
  let last: Promise<void> = Promise.resolve()
  let settling: Promise<void> | null = null
  let closed = false
  let changes = 0

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
    const { contentHash } = table.chunk(slot)
    const left = (slotsOfHash.get(contentHash) ?? []).filter((other) => other !== slot)
    if (left.length > 0) slotsOfHash.set(contentHash, left)
    else slotsOfHash.delete(contentHash)
    vocabulary.count(table.remove(slot), -1)
    dense?.remove(slot)
  }

  function putIn({ chunk, encoded, vector }: IndexedPassage): void {
    const slot = table.add(chunk, encoded)
    lists.add(slot, encoded.terms, encoded.weights)
    vocabulary.count(encoded.terms, 1)
    const same = slotsOfHash.get(chunk.contentHash)
    if (same) same.push(slot)
    else slotsOfHash.set(chunk.contentHash, [slot])
    if (vector) giveVector(slot, vector)
  }

  function giveVector(slot: number, vector: Float32Array): void {
    dense ??= nearest(vector.length, graph, exactBelow)
    dense.set(slot, vector)
  }

  async function compact(pause: () => Promise<void>): Promise<void> {
    const fresh = await table.compacted(pause)
    const freshLists = await lists.compacted(fresh.renumber, pause)
    // From here to the end nothing waits: a search sees the old state or the new.
    table = fresh.table
    lists = freshLists
    dense?.renumber(fresh.renumber)
    slotsOfHash = new Map()
    for (const slot of table.liveSlots()) {
      const { contentHash } = table.chunk(slot)
      slotsOfHash.set(contentHash, [...(slotsOfHash.get(contentHash) ?? []), slot])
    }
  }

  /** In its own time and beside other changes: what is not in the graph yet is scanned, so nobody waits for this. */
  function settle(): void {
    if (settling || closed || !dense) return
    settling = dense
      .settle(async () => {
        // Changes go first: they are what somebody waits for. A few turns without one is a pause.
        for (let seen = -1; seen !== changes; ) {
          seen = changes
          await last
          for (let turn = 0; turn < QUIET_TURNS; turn += 1) await nextTurn()
        }
        if (closed) throw new Error('the index was closed')
      })
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
        for (const slot of slotsOfHash.get(contentHash) ?? []) giveVector(slot, vector)
      }
    })
    settle()
  }

  function withoutVector(limit: number, after: number): string[] {
    const hashes: string[] = []
    let place = 0
    for (const [hash, slots] of slotsOfHash) {
      if (slots.every((slot) => dense?.has(slot))) continue
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
    const asked = new Set(query.keys)
    for (const key of asked)
      for (const slot of table.withKey(key).slice(0, MOST_OF_A_KEY)) if (visible.sees(slot)) also.push(slot)
    const found = byWords(lists, table.slotCount(), query.terms, query.candidates, visible.sees, also)
    const hits = [...found].map(([slot, sparse]) => hitAt(slot, sparse, vector, asked))
    return { hits, meanCosine: vector && dense ? dense.meanCosine(vector) : 0 }
  }

  function hitAt(slot: number, sparse: number, vector: Float64Array | null, asked: Set<string>): IndexHit {
    const cosine = vector && dense ? dense.cosine(slot, vector) : null
    const keys = table.keys(slot).filter((key) => asked.has(key))
    return { chunk: table.chunk(slot), sparse, cosine, keys, ...table.text(slot) }
  }

  return {
    apply,
    setVectors,
    withoutVector,
    search,
    size: () => ({
      chunks: table.liveCount(),
      vectors: dense?.count() ?? 0,
      waiting: dense?.waiting() ?? 0,
      dense: dense && dense.count() > 0 ? dense.mode() : 'off',
    }),
    async close() {
      closed = true
      await last
      await settling
    },
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Lets other work in between, and stops when aborted. */
function pausing(signal: AbortSignal) {
  return async () => {
    await nextTurn()
    signal.throwIfAborted()
  }
}
