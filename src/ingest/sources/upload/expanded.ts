import { constants, createGunzip, type Gunzip } from 'node:zlib'
import { Fault } from '#domain/fault.ts'

const GZIP = [0x1f, 0x8b, 0x08]
/** Excel workbooks are ZIP archives, too. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]
/** A text shrinks to a twentieth, an endless repetition to a thousandth; 200 leaves room for the oddest catalog. */
const MOST_EXPANSION = 200
/** Below this many bytes nobody is harmed, whatever the ratio. */
const HARMLESS_BYTES = 32 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024

/** `whole` is false once a compressed body has turned out to end too early; what came before is sound and was given. */
export type Expanded = { bytes: AsyncIterable<Uint8Array>; whole: () => boolean }

/**
 * The bytes of a body, expanded if they are gzip by their content, at the pace they are taken and never more than some at a
 * time. Throws what `body` throws; Fault user `ingest.import.gzip_bomb` over 32 MiB that expand more than 200-fold,
 * `ingest.import.gzip_broken` when the checksum is wrong, `ingest.import.encoding` for UTF-16,
 * `ingest.import.archive` for a ZIP archive or an Excel workbook.
 */
export function expanded(body: AsyncIterable<Uint8Array>, signal: AbortSignal): Expanded {
  let whole = true
  async function* bytes() {
    const iterator = body[Symbol.asyncIterator]()
    try {
      const start = await readStart(iterator)
      const rest = withStart(start, iterator)
      if (!GZIP.every((byte, at) => start[at] === byte)) yield* checked(rest)
      else
        yield* checked(
          gunzipped(
            rest,
            () => {
              whole = false
            },
            signal,
          ),
        )
    } finally {
      await iterator.return?.()
    }
  }
  return { bytes: bytes(), whole: () => whole }
}

async function readStart(iterator: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0)
  while (start.length < ZIP.length) {
    const { done, value } = await iterator.next()
    if (done) break
    start = Buffer.concat([start, value])
  }
  return start
}

async function* withStart(start: Buffer, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (start.length > 0) yield start
  for (;;) {
    const { done, value } = await iterator.next()
    if (done) return
    yield value
  }
}

/** Spreadsheets save "Unicode text" as UTF-16; read as UTF-8 every row of it would be wrong in a way nobody understands. */
async function* checked(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    const start = await readStart(bytes)
    if (isUtf16(start)) throw refused('encoding', 'The file is UTF-16. Save it as UTF-8 and send it again.')
    if (ZIP.every((byte, at) => start[at] === byte))
      throw refused(
        'archive',
        'The file is a ZIP archive or an Excel workbook. Save the table as CSV (UTF-8), or send each file by itself.',
      )
    yield* withStart(start, bytes)
  } finally {
    await bytes.return(undefined)
  }
}

/** By its byte order mark, or since every second byte of what it begins with is none. */
function isUtf16([one, two, three, four]: Uint8Array): boolean {
  if ((one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff)) return true
  const none = [one, two, three, four].map((byte) => byte === 0).join()
  return none === 'false,true,false,true' || none === 'true,false,true,false'
}

async function* gunzipped(
  source: AsyncIterable<Uint8Array>,
  onCutOff: () => void,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  let allIn = false
  const feeding = feed(source, gunzip, signal).then(
    () => {
      allIn = true
      // The end is told only when everything was taken: an error that comes with it must not take what was still waiting.
      if (gunzip.readableLength === 0) gunzip.end()
    },
    (error) => gunzip.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  let given = 0
  try {
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      given += part.length
      if (given > HARMLESS_BYTES && given > gunzip.bytesWritten * MOST_EXPANSION)
        throw refused(
          'gzip_bomb',
          `The compressed file expands more than ${MOST_EXPANSION}-fold. Send it uncompressed.`,
        )
      yield part
      if (allIn && gunzip.readableLength === 0 && !gunzip.writableEnded) gunzip.end()
    }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'Z_BUF_ERROR') onCutOff()
    else if (code === 'Z_DATA_ERROR' || code === 'Z_NEED_DICT')
      throw refused('gzip_broken', 'The compressed file is damaged: its checksum is wrong. Compress and send it again.')
    else throw error
  } finally {
    gunzip.destroy()
    await feeding
  }
}

async function feed(source: AsyncIterable<Uint8Array>, gunzip: Gunzip, signal: AbortSignal): Promise<void> {
  for await (const part of source) {
    signal.throwIfAborted()
    if (gunzip.destroyed) return
    if (!gunzip.write(part)) await drained(gunzip)
  }
  if (gunzip.destroyed) return
  await new Promise<void>((done) => {
    gunzip.once('close', done)
    gunzip.flush(constants.Z_SYNC_FLUSH, () => done())
  })
}

/** Until it takes more, or nothing any more. */
function drained(gunzip: Gunzip): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      gunzip.off('drain', go).off('close', go)
      done()
    }
    gunzip.once('drain', go).once('close', go)
  })
}

function refused(problem: 'archive' | 'encoding' | 'gzip_bomb' | 'gzip_broken', message: string): Fault {
  const codes = {
    archive: 'ingest.import.archive',
    encoding: 'ingest.import.encoding',
    gzip_bomb: 'ingest.import.gzip_bomb',
    gzip_broken: 'ingest.import.gzip_broken',
  } as const
  return new Fault({ kind: 'user', code: codes[problem], status: 422, message })
}
