import { readJson } from '#domain/foreign-json.ts'
import type { Vocabulary } from '../encoder/vocabulary.ts'
import type { Placement } from '../index/passages/visibility.ts'
import type { OpenIndex, StoredIndex } from '../index/search-index.in-process.ts'
import type { NeighbourGraph } from '../index/vectors/neighbours.usearch.ts'
import type { Section, SectionFile } from './section-file.ts'

/** Strings of a line: few enough that writing one is no pause. */
const LINE = 4000

type Shape = {
  placements: Placement[]
  dates: [number, number | null, number | null][]
  dense: { dimensions: number; waiting: number[] } | null
}

/** The sections an index is written as; the graph of neighbours is a file of its own. Everything is read while it is written. */
export function sectionsOf({ table, postings, dense }: OpenIndex, words: Vocabulary): Section[] {
  const shape: Shape = {
    placements: table.placements,
    dates: table.dates,
    dense: dense && { dimensions: dense.dimensions, waiting: dense.waiting },
  }
  const stems = { length: words.size(), at: (term: number) => words.stemOf(term) }
  const sections: Section[] = [
    { name: 'shape', parts: [Buffer.from(JSON.stringify(shape))] },
    { name: 'stems', parts: lines(stems.length, stems.at) },
    { name: 'ids', parts: lines(table.ids.length, (slot) => table.ids[slot]) },
    { name: 'hashes', parts: lines(table.hashes.length, (slot) => table.hashes[slot]) },
    { name: 'keys', parts: lines(table.keys.length, (slot) => table.keys[slot]) },
    { name: 'rows', parts: [bytes(table.rows)] },
    { name: 'classes', parts: [bytes(table.classes)] },
    { name: 'records', parts: table.records },
    { name: 'texts', parts: table.texts.map(bytes) },
    { name: 'lengths', parts: [bytes(postings.lengths)] },
    { name: 'postings', parts: eachInBytes(postings.values) },
  ]
  if (!dense) return sections
  return [
    ...sections,
    { name: 'vectors', parts: [bytes(dense.values)] },
    { name: 'scales', parts: [bytes(dense.scales)] },
    { name: 'slots', parts: [bytes(dense.slots)] },
  ]
}

/** What `sectionsOf` wrote; stems go into `words`. `graphFile` is null where none was written. Throws when a section is damaged. */
export async function storedIndex(
  file: SectionFile,
  words: Vocabulary,
  graph: NeighbourGraph | null,
  graphFile: string | null,
  signal: AbortSignal,
): Promise<StoredIndex> {
  const read = (name: string) => file.read(name, signal)
  const numbers = async (name: string) => new Uint32Array((await read(name)).buffer)
  const strings = async <T>(name: string) => readLines<T>(await read(name))
  const shape = readJson((await read('shape')).toString()) as Shape
  for (const stem of await strings<string>('stems')) words.intern(stem)
  const table = {
    placements: shape.placements,
    dates: shape.dates,
    ids: await strings<StoredIndex['table']['ids'][number]>('ids'),
    hashes: await strings<string | null>('hashes'),
    keys: await strings<string[] | null>('keys'),
    rows: await numbers('rows'),
    classes: new Uint16Array((await read('classes')).buffer),
    records: new Uint8Array((await read('records')).buffer),
    texts: await numbers('texts'),
  }
  const postings = { lengths: await numbers('lengths'), values: await numbers('postings') }
  if (!shape.dense) return { table, postings, dense: null }
  const { dimensions, waiting } = shape.dense
  const slots = new Int32Array((await read('slots')).buffer)
  const loaded = graph && graphFile ? graph.load(dimensions, graphFile) : null
  const dense = {
    dimensions,
    values: new Int8Array((await read('vectors')).buffer),
    scales: new Float32Array((await read('scales')).buffer),
    slots,
    waiting: loaded ? waiting : [...slots.keys()].filter((row) => (slots[row] as number) >= 0),
    graph: loaded,
  }
  return { table, postings, dense }
}

type Numbers = { buffer: ArrayBuffer; byteOffset: number; byteLength: number }

const bytes = ({ buffer, byteOffset, byteLength }: Numbers) => new Uint8Array(buffer, byteOffset, byteLength)

function* eachInBytes(parts: Iterable<Numbers>): Generator<Uint8Array> {
  for (const part of parts) yield bytes(part)
}

/** JSON lists, a line each. */
function* lines(length: number, at: (place: number) => unknown): Generator<Uint8Array> {
  for (let from = 0; from < length; from += LINE) {
    const line = Array.from({ length: Math.min(LINE, length - from) }, (_, place) => at(from + place) ?? null)
    yield Buffer.from(`${JSON.stringify(line)}\n`)
  }
}

function readLines<T>(bytes: Buffer): T[] {
  const all: T[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    for (const one of readJson(bytes.toString('utf8', from, end)) as T[]) all.push(one)
    from = end + 1
  }
  return all
}
