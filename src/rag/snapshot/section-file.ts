import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { readJson } from '#domain/foreign-json.ts'

const MAGIC = Buffer.from('PURSNAP1')
/** Length of the head as 32 bits, its checksum, the magic again. */
const TRAILER = 16
/** Bytes written at a time: some 2 ms. */
const PIECE = 1 << 21
/** A head is some kilobytes. */
const MOST_HEAD = 1 << 26

export type Section = { name: string; parts: Iterable<Uint8Array> }
type Placed = { name: string; at: number; length: number; checksum: number }
type Head = { about: unknown; sections: Placed[] }

/** A file of named sections. What `read` gives has its checksum verified. */
export type SectionFile = {
  about: unknown
  has(name: string): boolean
  read(name: string, signal: AbortSignal): Promise<Buffer<ArrayBuffer>>
  close(): Promise<void>
}

/**
 * Writes sections and what there is to say about them so that the file is there whole or not at all: beside its place,
 * flushed, then renamed. `still` is asked between pieces and throws to stop. Throws what writing throws; then the old
 * file stands.
 */
export async function writeSectionFile(
  path: string,
  about: unknown,
  sections: Iterable<Section>,
  still: () => void,
  signal: AbortSignal,
): Promise<void> {
  const beside = `${path}.new`
  const file = await open(beside, 'w')
  try {
    const placed = await writeSections(file, sections, () => {
      signal.throwIfAborted()
      still()
    })
    const head = Buffer.from(JSON.stringify({ about, sections: placed } satisfies Head))
    const trailer = Buffer.alloc(TRAILER)
    trailer.writeUInt32LE(head.length, 0)
    trailer.writeUInt32LE(crc32(head), 4)
    MAGIC.copy(trailer, 8)
    await file.writev([head, trailer])
    await file.sync()
    await file.close()
    signal.throwIfAborted()
    still()
    await rename(beside, path)
    await flushFolder(dirname(path))
  } catch (error) {
    await file.close().catch(() => {})
    await rm(beside, { force: true }).catch(() => {})
    throw error
  }
}

async function writeSections(file: FileHandle, sections: Iterable<Section>, still: () => void): Promise<Placed[]> {
  await file.write(MAGIC)
  let at = MAGIC.length
  const placed: Placed[] = []
  for (const { name, parts } of sections) {
    const section: Placed = { name, at, length: 0, checksum: 0 }
    for (const part of parts) {
      for (let from = 0; from < part.byteLength; from += PIECE) {
        still()
        const piece = part.subarray(from, from + PIECE)
        section.checksum = crc32(piece, section.checksum)
        section.length += piece.byteLength
        await writeAll(file, piece)
      }
    }
    at += section.length
    placed.push(section)
  }
  return placed
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let written = 0; written < piece.byteLength; )
    written += (await file.write(piece, written, piece.byteLength - written)).bytesWritten
}

/** A rename is only as durable as its folder. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => {})
  await handle.close()
}

/** Opens such a file. Throws an Error that says what is wrong with it; ENOENT without one. */
export async function openSectionFile(path: string, signal: AbortSignal): Promise<SectionFile> {
  signal.throwIfAborted()
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { about, sections } = await readHead(file, size)
    const known = new Map(sections.map((section) => [section.name, section]))
    return {
      about,
      has: (name) => known.has(name),
      async read(name, signal) {
        signal.throwIfAborted()
        const section = known.get(name)
        if (!section) throw new Error(`section ${name} is missing`)
        return await readChecked(file, section.at, section.length, section.checksum, size, name)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readHead(file: FileHandle, size: number): Promise<Head> {
  if (size < MAGIC.length + TRAILER) throw new Error('the file is cut off')
  const begin = await readExactly(file, 0, MAGIC.length)
  const trailer = await readExactly(file, size - TRAILER, TRAILER)
  if (!begin.equals(MAGIC) || !trailer.subarray(8).equals(MAGIC)) throw new Error('the file is cut off or none of ours')
  const length = trailer.readUInt32LE(0)
  if (length > MOST_HEAD) throw new Error('the head is too long')
  const head = await readChecked(file, size - TRAILER - length, length, trailer.readUInt32LE(4), size, 'head')
  return readJson(head.toString()) as Head
}

async function readChecked(
  file: FileHandle,
  at: number,
  length: number,
  checksum: number,
  size: number,
  name: string,
): Promise<Buffer<ArrayBuffer>> {
  if (at < 0 || length < 0 || at + length > size) throw new Error(`section ${name} is cut off`)
  const bytes = await readExactly(file, at, length)
  if (crc32(bytes) !== checksum) throw new Error(`section ${name} has another checksum`)
  return bytes
}

/** Into memory of its own, so that arrays of wider numbers can be laid over it. */
async function readExactly(file: FileHandle, at: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(new ArrayBuffer(length))
  for (let read = 0; read < length; ) {
    const { bytesRead } = await file.read(bytes, read, length - read, at + read)
    if (bytesRead === 0) throw new Error('the file is cut off')
    read += bytesRead
  }
  return bytes
}
