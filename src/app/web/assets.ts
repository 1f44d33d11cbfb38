import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { PageRequest, PageResponse } from '#api/pages.port.ts'

const toGzip = promisify(gzip)
const toBrotli = promisify(brotliCompress)

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
}
const FOREVER = 'public, max-age=31536000, immutable'
/** Kept by the browser, but asked about every time. */
const ASK_AGAIN = 'no-cache'
/** Below this, what compression saves is less than its own header. */
const WORTH_COMPRESSING = 500

/** The highest quality takes ten times as long for a few percent, and somebody waits for it: the first who asks. */
const BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 9 }

/** A file of ours in memory. `immutable`: its name changes with its content. `shared`: pages of any origin may use it. */
export type Asset = {
  name: string
  content: Buffer<ArrayBuffer>
  etag: string
  immutable: boolean
  shared: boolean
  /** Content by coding, made at the first request that takes it. */
  coded: Map<string, Promise<Buffer<ArrayBuffer>>>
}

export function asset(
  name: string,
  content: Uint8Array,
  { immutable, shared }: Pick<Asset, 'immutable' | 'shared'>,
): Asset {
  const bytes = Buffer.from(content) as Buffer<ArrayBuffer>
  return { name, content: bytes, etag: etagOf(bytes), immutable, shared, coded: new Map() }
}

/** The asset as its reader takes it: compressed, or 304 when the reader has it already. */
export async function serveAsset(file: Asset, request: Pick<PageRequest, 'header'>): Promise<PageResponse> {
  const headers: Record<string, string> = {
    'content-type': TYPES[file.name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    'cache-control': file.immutable ? FOREVER : ASK_AGAIN,
    etag: file.etag,
    vary: 'accept-encoding',
    'cross-origin-resource-policy': file.shared ? 'cross-origin' : 'same-origin',
    ...(file.shared ? { 'access-control-allow-origin': '*' } : {}),
  }
  if (isKnown(file.etag, request.header('if-none-match'))) return { status: 304, headers, body: '' }
  const coding = codingFor(file.content.length, request.header('accept-encoding') ?? '')
  if (!coding) return { status: 200, headers, body: file.content }
  return { status: 200, headers: { ...headers, 'content-encoding': coding }, body: await inCoding(file, coding) }
}

/** Weak, since the same file goes out in several codings. */
export function etagOf(content: string | Uint8Array): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
}

export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch?.split(',').some((known) => known.trim() === etag) ?? false
}

function codingFor(size: number, accepted: string): 'br' | 'gzip' | null {
  if (size < WORTH_COMPRESSING) return null
  const takes = (coding: string) =>
    new RegExp(`(^|,)\\s*${coding}\\s*(;\\s*q=(0\\.\\d*[1-9]|1)[\\d.]*\\s*)?(,|$)`).test(accepted)
  if (takes('br')) return 'br'
  return takes('gzip') ? 'gzip' : null
}

function inCoding({ content, coded }: Asset, coding: 'br' | 'gzip'): Promise<Buffer<ArrayBuffer>> {
  const made =
    coded.get(coding) ?? (coding === 'gzip' ? toGzip(content, { level: 9 }) : toBrotli(content, { params: BROTLI }))
  coded.set(coding, made as Promise<Buffer<ArrayBuffer>>)
  return made as Promise<Buffer<ArrayBuffer>>
}
