import { lookup } from 'node:dns'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Fault } from '#domain/fault.ts'
import { formatOf } from './file-format.ts'
import { mayFetchFrom } from './public-address.ts'
import type { SourceFiles } from './source-file.port.ts'

const MOST_REDIRECTS = 3
/** A server that says nothing for so long has gone away. */
const SILENCE_MS = 30_000
/** As one text, so that one column keeps both. */
const SEEN = /^etag:(.*)$|^modified:(.*)$/s

export type RemoteFilesOptions = {
  /** Also networks of one's own; for a shop whose systems stand there. */
  allowPrivate: boolean
  /** Node's own but for tests. */
  resolve?: typeof lookup
}

/**
 * Files by http and https. Every address a name stands for is looked at in the very look-up the connection is made with, so a name
 * cannot mean one address when it is checked and another when it is used; redirections are followed by hand, each checked again.
 */
export function remoteFiles({ allowPrivate, resolve = lookup }: RemoteFilesOptions): SourceFiles {
  return {
    problemOf: (url) => problemOf(url, allowPrivate),
    async open(url, { seen }, signal) {
      const [, etag, modified] = SEEN.exec(seen ?? '') ?? []
      const asked = {
        ...(etag ? { 'if-none-match': etag } : {}),
        ...(modified ? { 'if-modified-since': modified } : {}),
      }
      const { response, at } = await follow(url, asked, signal)
      if (response.statusCode === 304) {
        response.resume()
        return { outcome: 'unchanged' }
      }
      if (response.statusCode !== 200) {
        response.destroy()
        throw refusal(response)
      }
      return {
        outcome: 'file',
        format: formatOf(at.pathname, response.headers['content-type']),
        seen: seenOf(response),
        body: readable(response),
      }
    },
  }

  async function follow(url: string, headers: Record<string, string>, signal: AbortSignal) {
    let next = url
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const problem = problemOf(next, allowPrivate)
      if (problem) throw forbidden(problem)
      const at = new URL(next)
      const response = await ask(at, headers, signal)
      const { location } = response.headers
      if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || !location) return { response, at }
      response.destroy()
      const target = URL.canParse(location, at.href) ? new URL(location, at.href) : null
      if (!target || (at.protocol === 'https:' && target.protocol !== 'https:'))
        throw forbidden('It leads to an address that is not protected like its own.')
      next = target.href
    }
    throw forbidden(`It leads on over ${MOST_REDIRECTS} times.`)
  }

  function ask(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    signal.throwIfAborted()
    return new Promise((settle, reject) => {
      const request = url.protocol === 'https:' ? secureRequest : plainRequest
      const asking = request(
        url,
        // A connection of its own: one kept open from before would not pass the look-up.
        { headers: { ...headers, 'user-agent': 'Purser' }, signal, agent: false, lookup: checked, timeout: SILENCE_MS },
        settle,
      )
      asking.on('timeout', () => asking.destroy(new Error('silence')))
      asking.on('error', (error) => reject(signal.aborted ? signal.reason : unreachable(error)))
      asking.end()
    })
  }

  function checked(...[host, options, done]: Parameters<LookupFunction>): void {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const wrong = found.find(({ address }) => !mayFetchFrom(address, allowPrivate))
      const [first] = found
      if (wrong || !first) return done(forbidden('Its name stands for an address of a private network.'), '')
      if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  }
}

function problemOf(text: string, allowPrivate: boolean): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return 'An address begins with https:// or http://.'
  if (url.username || url.password) return 'An address here holds no user and password, since it is shown to others.'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !mayFetchFrom(host, allowPrivate)) return 'The address is one of a private network.'
  return null
}

function seenOf({ headers: { etag, 'last-modified': modified } }: IncomingMessage): string | null {
  if (etag) return `etag:${etag}`
  return modified ? `modified:${modified}` : null
}

/** What breaks off is told in our words, and never taken for the end of a file. */
async function* readable(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of response) yield part as Buffer
  } catch (error) {
    throw unreachable(error)
  }
}

function unreachable(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault({
    kind: 'retryable',
    code: 'ingest.source.unreachable',
    message: `The file could not be fetched: ${reasonOf(error)}.`,
    cause: error,
  })
}

/** Why no answer came, in words for whoever set up the source; codes are Node's and OpenSSL's. */
function reasonOf(error: unknown): string {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === 'ENOTFOUND') return 'nobody knows its server by this name'
  if (code === 'EAI_AGAIN') return 'its server could not be looked up by name just now'
  if (code === 'ECONNREFUSED') return 'its server takes no connections at this address'
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_/.test(code)) return `its server’s certificate is not valid (${code})`
  return 'its server did not answer, or broke off'
}

/** What a server's refusal asks for. */
const ASKED: Record<number, string> = {
  401: 'It wants a sign-in; give Purser an address that needs none.',
  403: 'It does not let Purser read it; allow this server, or give an address that needs no sign-in.',
  404: 'There is no file at this address; see whether it was moved.',
  410: 'The file was taken away for good; give the source another address.',
}

function refusal({ statusCode: status = 0, headers }: IncomingMessage): Fault {
  if (status < 500 && status !== 429)
    return new Fault({
      kind: 'user',
      code: 'ingest.source.refused',
      message: [`The file's server answered ${status}.`, ASKED[status]].filter(Boolean).join(' '),
    })
  const retryAfter = pauseOf(headers)
  return new Fault({
    kind: 'retryable',
    code: 'ingest.source.unreachable',
    message: `The file's server answered ${status}${retryAfter ? ` and asks to come back in ${retryAfter} seconds` : ''}.`,
    ...(retryAfter ? { retryAfter } : {}),
  })
}

/** How long (s) the server wants to be left alone, at most a day; a date is read against the server's own. */
function pauseOf({ 'retry-after': after, date }: IncomingMessage['headers']): number | null {
  if (!after) return null
  const seconds = /^\d{1,9}$/.test(after)
    ? Number(after)
    : Math.ceil((Date.parse(after) - Date.parse(date ?? '')) / 1000)
  return seconds > 0 ? Math.min(seconds, 86_400) : null
}

function forbidden(message: string): Fault {
  return new Fault({ kind: 'user', code: 'ingest.source.forbidden', message, status: 422 })
}
