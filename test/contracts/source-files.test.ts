import { createHash } from 'node:crypto'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { localFiles } from '../../src/ingest/sync/local-files.ts'
import { remoteFiles } from '../../src/ingest/sync/remote-files.ts'
import { sourceFiles } from '../../src/ingest/sync/source-files.ts'
import { sourceFilesContract } from './source-files.contract.ts'

sourceFilesContract('files of this machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'source-files-'))
  let written = 0
  return {
    files: localFiles([folder]),
    url: pathToFileURL(join(folder, 'feed.csv')).href,
    elsewhere: pathToFileURL(join(folder, 'none.csv')).href,
    forbidden: 'file:///etc/passwd',
    async write(text) {
      await writeFile(join(folder, 'feed.csv'), text)
      await utimes(join(folder, 'feed.csv'), ++written, written)
    },
    close: () => rm(folder, { recursive: true }),
  }
})

const server = (named: 'etag' | 'last-modified') => async () => {
  let text = ''
  let written = 0
  const print = () =>
    named === 'etag' ? `"${createHash('sha256').update(text).digest('hex')}"` : new Date(written * 1_000).toUTCString()
  const shop = createServer((request, response) => {
    if (request.url !== '/feed.csv') return response.writeHead(404).end()
    const seen = request.headers[named === 'etag' ? 'if-none-match' : 'if-modified-since']
    if (seen === print()) return response.writeHead(304).end()
    return response.writeHead(200, { [named]: print(), 'content-type': 'text/csv' }).end(text)
  })
  await new Promise<void>((listening) => shop.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
  return {
    files: sourceFiles(localFiles([]), remoteFiles({ allowPrivate: true })),
    url: `${origin}/feed.csv`,
    elsewhere: `${origin}/none.csv`,
    forbidden: 'http://169.254.169.254/feed.csv',
    async write(fresh: string) {
      text = fresh
      written++
    },
    close: () => new Promise<void>((closed) => shop.close(() => closed())),
  }
}
sourceFilesContract('http with an ETag', server('etag'))
sourceFilesContract('http with Last-Modified', server('last-modified'))
