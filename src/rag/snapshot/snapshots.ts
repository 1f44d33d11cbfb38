import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { ChunkFeed } from '#db/knowledge/chunk-feed.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { type Vocabulary, vocabulary } from '../encoder/vocabulary.ts'
import type { InProcessIndex, StoredIndex } from '../index/search-index.in-process.ts'
import type { NeighbourGraph, Neighbours } from '../index/vectors/neighbours.usearch.ts'
import { pipelineVersion } from './pipeline-version.ts'
import { openSectionFile, type SectionFile, writeSectionFile } from './section-file.ts'
import { sectionsOf, storedIndex } from './stored-index.ts'

/** Bytes read at a time for a checksum. */
const PIECE = 1 << 22

/** What a snapshot says of itself. It is used where all of this holds still, and nowhere else. */
type About = {
  pipeline: string
  shop: ShopId
  model: string | null
  epoch: number
  /** See ChunkFeed.leaveMark. */
  mark: string
  graph: { name: string; size: number; checksum: number } | null
}

export type Restored = { vocabulary: Vocabulary; stored: StoredIndex; epoch: number }
export type Snapshotted = { index: InProcessIndex; vocabulary: Vocabulary; epoch: number }

/** Copies of a shop's index on disk, so that a start need not make it again. The database stays what counts. */
export type Snapshots = {
  /**
   * What was saved last; null when there is nothing or it is not of this shop, code, model and database as they are now:
   * the reason is logged, and the index is to be built from the database.
   */
  restore(shop: ShopId, model: string | null, signal: AbortSignal): Promise<Restored | null>
  /** Saves the index as it is; `overtaken` when it changed meanwhile, and the older snapshot stands. Throws what writing throws. */
  save(shop: ShopId, model: string | null, now: () => Snapshotted, signal: AbortSignal): Promise<'saved' | 'overtaken'>
}

export type SnapshotParts = {
  /** Made when it is not there. */
  folder: string
  feed: Pick<ChunkFeed, 'leaveMark' | 'hasMark'>
  graph: NeighbourGraph | null
  clock: Clock
  log: Log
}

/** Snapshots in `folder`: a file a shop, and one beside it for the graph of neighbours. */
export async function snapshots(parts: SnapshotParts, signal: AbortSignal): Promise<Snapshots> {
  const { folder, feed, graph, clock, log } = parts
  await mkdir(folder, { recursive: true })
  const pipeline = await pipelineVersion(signal)

  async function restore(shop: ShopId, model: string | null, signal: AbortSignal): Promise<Restored | null> {
    const began = clock.elapsed()
    let file: SectionFile | null = null
    try {
      file = await openSectionFile(pathOf(folder, shop), signal)
      const about = file.about as Partial<About>
      if (about.pipeline !== pipeline) throw new Error('it was made by other code')
      if (about.shop !== shop) throw new Error('it is of another shop')
      if (about.model !== model) throw new Error('its vectors are of another model')
      const { epoch, mark, graph: saved } = about as About
      if (!(await feed.hasMark(shop, mark, epoch, signal))) throw new Error('this database does not know it')
      if (saved) await checkGraph(join(folder, saved.name), saved, signal)
      const words = vocabulary()
      const graphFile = saved && join(folder, saved.name)
      const stored = await storedIndex(file, words, graph, graphFile, signal)
      log.info({ shop, epoch, ms: Math.round(clock.elapsed() - began) }, 'index snapshot read')
      return { vocabulary: words, stored, epoch }
    } catch (error) {
      signal.throwIfAborted()
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || file !== null)
        log.warn({ shop, reason: error instanceof Error ? error.message : String(error) }, 'index snapshot refused')
      return null
    } finally {
      await file?.close()
    }
  }

  async function save(
    shop: ShopId,
    model: string | null,
    now: () => Snapshotted,
    signal: AbortSignal,
  ): Promise<'saved' | 'overtaken'> {
    const began = clock.elapsed()
    const { index, epoch } = now()
    const changes = index.changes()
    const overtaken = new Error('the index changed')
    const still = () => {
      const present = now()
      if (present.index.changes() !== changes || present.epoch !== epoch) throw overtaken
    }
    try {
      const mark = await feed.leaveMark(shop, epoch, signal)
      still()
      const { index, vocabulary } = now()
      const contents = index.open()
      const name = `${nameOf(shop)}.${mark}.graph`
      const saved = contents.dense?.graph ? await saveGraph(contents.dense.graph, folder, name, signal) : null
      still()
      const about: About = { pipeline, shop, model, epoch, mark, graph: saved }
      await writeSectionFile(pathOf(folder, shop), about, sectionsOf(contents, vocabulary), still, signal)
      log.info({ shop, epoch, ms: Math.round(clock.elapsed() - began) }, 'index snapshot written')
      return 'saved'
    } catch (error) {
      if (error === overtaken) return 'overtaken'
      throw error
    } finally {
      await sweep(shop).catch(() => {})
    }
  }

  /** Removes graphs the shop's snapshot does not name: of earlier snapshots, and of saves that came to nothing. */
  async function sweep(shop: ShopId): Promise<void> {
    const file = await openSectionFile(pathOf(folder, shop), new AbortController().signal).catch(() => null)
    const kept = (file?.about as Partial<About> | undefined)?.graph?.name
    await file?.close()
    for (const name of await readdir(folder))
      if (name.startsWith(`${nameOf(shop)}.`) && name.endsWith('.graph') && name !== kept)
        await rm(join(folder, name), { force: true })
  }

  return { restore, save }
}

/** Without a point in it, so that no shop's name begins another's files. */
const nameOf = (shop: ShopId) => encodeURIComponent(shop).replaceAll('.', '%2E')
const pathOf = (folder: string, shop: ShopId) => join(folder, `${nameOf(shop)}.snapshot`)

async function saveGraph(graph: Neighbours, folder: string, name: string, signal: AbortSignal) {
  const path = join(folder, name)
  graph.save(path)
  const { size, checksum } = await digest(path, signal)
  return { name, size, checksum }
}

/** usearch reads whatever it is given, so nothing is given to it unchecked. */
async function checkGraph(path: string, wanted: NonNullable<About['graph']>, signal: AbortSignal): Promise<void> {
  const { size, checksum } = await digest(path, signal)
  if (size !== wanted.size || checksum !== wanted.checksum) throw new Error('its graph has another checksum')
}

async function digest(path: string, signal: AbortSignal): Promise<{ size: number; checksum: number }> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
    const piece = Buffer.allocUnsafe(PIECE)
    let [size, checksum] = [0, 0]
    for (;;) {
      signal.throwIfAborted()
      const { bytesRead } = await file.read(piece, 0, PIECE, size)
      if (bytesRead === 0) return { size, checksum }
      checksum = crc32(piece.subarray(0, bytesRead), checksum)
      size += bytesRead
    }
  } finally {
    await file.close()
  }
}
