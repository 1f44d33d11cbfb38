import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { remoteFiles } from './remote-files.ts'

const { signal } = new AbortController()
const NEW = { seen: null, site: null }
const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server of this machine; `origin` names it by an address. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`)
    answer(request, response)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, asked }
}
/** Names that stand for the addresses of the list, one look-up after another. */
const names = (...answers: string[][]) =>
  ((_host: string, _options: object, done: (error: null, found: object[]) => void) => {
    const found = answers.length > 1 ? answers.shift() : answers[0]
    done(
      null,
      (found ?? []).map((address) => ({ address, family: 4 })),
    )
  }) as never
const open = (url: string, options: Parameters<typeof remoteFiles>[0], seen: string | null = null) =>
  remoteFiles(options).open(url, { seen, site: null }, signal)

describe('a file', () => {
  test('is read to its end, and known again by its ETag', async () => {
    const { origin } = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end()
      else response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', etag: '"v1"' }).end('id,title\n')
    })
    const file = await open(`${origin}/feed`, { allowPrivate: true })
    if (file.outcome !== 'file') throw new Error('there is no file')
    expect(file).toMatchObject({ format: 'csv', seen: 'etag:"v1"' })
    expect(String(await buffer(file.body))).toBe('id,title\n')
    expect(await open(`${origin}/feed`, { allowPrivate: true }, file.seen)).toEqual({ outcome: 'unchanged' })
  })

  test('is known again by its date where it has no ETag', async () => {
    const modified = 'Wed, 04 Mar 2026 10:00:00 GMT'
    const { origin } = await serve((request, response) => {
      if (request.headers['if-modified-since'] === modified) response.writeHead(304).end()
      else response.writeHead(200, { 'last-modified': modified }).end('{}')
    })
    const file = await open(`${origin}/a.jsonl`, { allowPrivate: true })
    expect(file).toMatchObject({ format: 'ndjson', seen: `modified:${modified}` })
    expect(await open(`${origin}/a.jsonl`, { allowPrivate: true }, `modified:${modified}`)).toEqual({
      outcome: 'unchanged',
    })
  })

  test('is followed to where it was moved', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new.xml' }).end()
      else response.writeHead(200).end('<rss/>')
    })
    expect(await open(`${origin}/old`, { allowPrivate: true })).toMatchObject({ format: 'xml' })
  })

  test.each([
    [404, { kind: 'user', code: 'ingest.source.refused' }],
    [503, { kind: 'retryable', code: 'ingest.source.unreachable' }],
  ])('answered with %i is a fault', async (status, fault) => {
    const { origin } = await serve((_request, response) => response.writeHead(status).end())
    await expect(open(`${origin}/x.csv`, { allowPrivate: true })).rejects.toMatchObject(fault)
  })

  test.each([
    ['120', 120],
    ['Wed, 21 Oct 2026 07:30:00 GMT', 1_800],
    ['999999999', 86_400],
    ['soon', undefined],
  ])('of a server that is busy is left alone as long as it says: %s', async (after, seconds) => {
    const { origin } = await serve((_request, response) =>
      response.writeHead(429, { 'retry-after': after, date: 'Wed, 21 Oct 2026 07:00:00 GMT' }).end(),
    )
    await expect(open(`${origin}/x.csv`, { allowPrivate: true })).rejects.toMatchObject({ retryAfter: seconds })
  })

  test('that breaks off is no whole file', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      response.destroy()
    })
    const read = async () => {
      const file = await open(`${origin}/x.csv`, { allowPrivate: true })
      return file.outcome === 'file' && buffer(file.body)
    }
    await expect(read()).rejects.toMatchObject({ code: 'ingest.source.unreachable' })
  })
})

describe('what went wrong is told in words of', () => {
  test.each([
    [401, 'It wants a sign-in'],
    [403, 'It does not let Purser read it'],
    [404, 'There is no file at this address'],
    [410, 'The file was taken away'],
  ])('a server that answers %d', async (status, words) => {
    const { origin } = await serve((_request, response) => response.writeHead(status).end())
    await expect(open(`${origin}/x.csv`, { allowPrivate: true })).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`answered ${status}\\. ${words}`)),
    })
  })

  test('a server that is not there', async () => {
    await expect(open('http://127.0.0.1:1/x.csv', { allowPrivate: true })).rejects.toMatchObject({
      message: expect.stringContaining('takes no connections'),
    })
  })

  test('a name nobody knows', async () => {
    const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    const resolve = ((_host: string, _options: object, done: (error: Error) => void) => done(unknown)) as never
    await expect(open('http://shop.example/x.csv', { allowPrivate: true, resolve })).rejects.toMatchObject({
      code: 'ingest.source.unreachable',
      message: expect.stringContaining('nobody knows its server by this name'),
    })
  })
})

describe('nobody is sent', () => {
  test.each([
    'ftp://shop.example/feed',
    'file:///etc/passwd',
    'gopher://shop.example',
    'https://user:secret@shop.example/feed',
    'http://127.0.0.1/feed',
    'http://2130706433/feed',
    'http://0x7f.1/feed',
    'http://[::1]/feed',
    'http://[::ffff:127.0.0.1]/feed',
    'http://169.254.169.254/latest/meta-data',
    'no address',
  ])('to %s', async (url) => {
    const files = remoteFiles({ allowPrivate: false })
    expect(files.problemOf(url)).toMatch(/\.$/)
    await expect(files.open(url, NEW, signal)).rejects.toMatchObject({ code: 'ingest.source.forbidden' })
  })

  test.each([
    ['one address of a private network', [['127.0.0.1']]],
    ['a public and a private one', [['8.8.8.8', '127.0.0.1']]],
    ['nothing', [[]]],
  ])('to a name that stands for %s', async (_what, answers) => {
    const { port, asked } = await serve((_request, response) => response.end('secret'))
    const opening = open(`http://shop.example:${port}/x.csv`, { allowPrivate: false, resolve: names(...answers) })
    await expect(opening).rejects.toMatchObject({ code: 'ingest.source.forbidden' })
    expect(asked).toEqual([])
  })

  test('by a name asked once: what it stands for later plays no part', async () => {
    const { port, asked } = await serve((_request, response) => response.end('public'))
    // The first answer is the address of the server; a second look-up would be refused.
    const resolve = names(['127.0.0.1'], ['169.254.169.254'])
    await open(`http://shop.example:${port}/x.csv`, { allowPrivate: true, resolve })
    expect(asked).toEqual([`shop.example:${port} /x.csv`])
  })

  test('on to a private network by a redirection', async () => {
    const target = await serve((_request, response) => response.end('secret'))
    const { port } = await serve((_request, response) =>
      response.writeHead(302, { location: `http://inside.example:${target.port}/` }).end(),
    )
    // Only the first name may be asked for: a link-local address is refused even where private ones are allowed.
    const resolve = names(['127.0.0.1'], ['169.254.169.254'])
    await expect(open(`http://shop.example:${port}/x.csv`, { allowPrivate: true, resolve })).rejects.toMatchObject({
      code: 'ingest.source.forbidden',
    })
    expect(target.asked).toEqual([])
  })

  test('in a circle', async () => {
    const { origin, asked } = await serve((_request, response) => response.writeHead(301, { location: '/x' }).end())
    await expect(open(`${origin}/x`, { allowPrivate: true })).rejects.toMatchObject({ code: 'ingest.source.forbidden' })
    expect(asked).toHaveLength(4)
  })
})
