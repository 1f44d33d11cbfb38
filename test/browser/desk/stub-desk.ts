import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { type Bundles, buildBundles } from '#app/web/bundles.ts'
import { webPages } from '#app/web/pages.ts'
import type { HandoffDetail, LiveEvent, Operator } from '../../../web/api-client/desk-shapes.ts'
import { ME, sampleMessage } from './sample-handoffs.ts'

const WEB = join(import.meta.dirname, '../../../web')
/** The server's own, from its safe headers. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** What each action reads, and nothing else. */
const TAKES: Record<string, string[]> = {
  claim: ['takeOver'],
  reply: ['text', 'clientMessageId'],
  return: ['note'],
  resolve: ['note'],
}

type Refusal = { status: number; code: string; headers?: Record<string, string>; more?: object }
let bundles: Promise<Bundles> | null = null

/** The console in front of a desk in memory that answers as the contract says, and fails when it is told to. */
export async function stubDesk(handoffs: HandoffDetail[], operator: Operator | null = ME) {
  const { signal } = new AbortController()
  bundles ??= buildBundles(WEB, signal)
  const pages = webPages(await bundles, { respond: async () => null })
  const desk = new Map(handoffs.map((handoff) => [handoff.id, handoff]))
  const streams = new Set<ServerResponse>()
  const refusals: { path: RegExp; refusal: Refusal | 'silence' | 'cut'; times: number }[] = []
  const seen: { method: string; path: string; body: string }[] = []
  let me = operator
  let down = false

  const server = createServer(async (request, response) => {
    if (down) return void request.socket.destroy()
    const url = new URL(request.url ?? '/', 'http://desk')
    const body = await bodyOf(request)
    seen.push({ method: request.method ?? '', path: request.url ?? '', body })
    if (url.pathname.startsWith('/console')) return page(url.pathname, request, response)
    const rule = refusals.find(({ path, times }) => times > 0 && path.test(`${request.method} ${url.pathname}`))
    if (rule) rule.times -= 1
    if (rule?.refusal === 'silence') return
    // What was asked is done, and the answer gets lost.
    const lost = rule?.refusal === 'cut'
    if (typeof rule?.refusal === 'object') return refuse(response, rule.refusal)
    const answer = respond(request.method ?? 'GET', url, body ? JSON.parse(body) : {})
    if (lost) {
      // Not before a byte of it: browsers send a request again by themselves where nothing came back.
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 }).write('{')
      return void setImmediate(() => request.socket.destroy())
    }
    if (answer === 'live') return follow(response)
    if ('code' in answer) return refuse(response, answer)
    send(response, answer.status, answer.body === null ? '' : JSON.stringify(answer.body), 'application/json')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()

  async function page(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const header = (name: string) => request.headers[name]?.toString()
    const found = await pages.respond({ method: 'GET', path, header, form: new Map() }, signal)
    response.writeHead(found?.status ?? 404, { ...found?.headers, 'content-security-policy': POLICY })
    response.end(found?.body)
  }

  function respond(
    method: string,
    url: URL,
    body: Record<string, unknown>,
  ): 'live' | Refusal | { status: number; body: unknown } {
    const [, , what, id, action] = url.pathname.split('/')
    if (what === 'operator-sessions' && method === 'POST') {
      if (body.code !== 'GOOD') return { status: 401, code: 'api.sign_in_code.refused' }
      me = operator ?? ME
      return { status: 201, body: { operator: me, expiresAt: null } }
    }
    if (!me) return { status: 401, code: 'api.sign_in.missing' }
    if (what === 'operator-sessions') {
      if (method === 'DELETE') me = null
      return method === 'DELETE'
        ? { status: 204, body: null }
        : { status: 200, body: { operator: me, expiresAt: null } }
    }
    if (what === 'live') return 'live'
    if (!id) return { status: 200, body: pageOf(url) }
    const handoff = desk.get(id)
    if (!handoff) return { status: 404, code: 'api.handoff.unknown' }
    if (!action) return { status: 200, body: handoff }
    return act(handoff, action, body)
  }

  function act(handoff: HandoffDetail, action: string, body: Record<string, unknown>) {
    const actor = me ?? ME
    const unknown = Object.keys(body).find((key) => !TAKES[action]?.includes(key))
    if (unknown) return { status: 400, code: 'api.request.invalid' }
    const at = new Date().toISOString()
    const held = { claimedBy: handoff.claimedBy }
    if (handoff.status === 'resolved') return { status: 409, code: 'already_resolved', more: held }
    const mine = handoff.claimedById === actor.id
    if (action === 'claim') {
      if (handoff.status === 'claimed' && !mine && !body.takeOver)
        return { status: 409, code: 'already_claimed', more: held }
      change(handoff.id, { status: 'claimed', claimedBy: actor.name, claimedById: actor.id, claimedAt: at })
    } else if (action === 'reply') {
      if (!mine) return { status: 409, code: 'not_claimed', more: held }
      const sent = handoff.messages.find(({ clientMessageId }) => clientMessageId === body.clientMessageId)
      if (sent) return { status: 200, body: sent }
      const message = sampleMessage({
        id: `msg_${handoff.messages.length}_${handoff.id}`,
        role: 'person',
        text: String(body.text),
        at,
        author: actor.name,
        clientMessageId: String(body.clientMessageId),
      })
      change(handoff.id, { messages: [...handoff.messages, message], repliedAt: at })
      return { status: 200, body: message }
    } else {
      const resolution = action === 'return' ? 'returned' : 'resolved'
      change(handoff.id, { status: 'resolved', resolution, resolvedAt: at })
    }
    const { messages: _, history: __, ...plain } = desk.get(handoff.id) as HandoffDetail
    return { status: 200, body: plain }
  }

  function pageOf(url: URL) {
    const status = url.searchParams.get('status')
    const limit = Number(url.searchParams.get('limit') ?? 50)
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const all = [...desk.values()]
      .filter((handoff) => !status || handoff.status === status)
      .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
    const items = all.slice(from, from + limit).map(({ messages: _, history: __, ...plain }) => plain)
    return { items, nextCursor: from + limit < all.length ? String(from + limit) : null }
  }

  function change(id: string, over: Partial<HandoffDetail>): void {
    const before = desk.get(id)
    if (!before) return
    desk.set(id, { ...before, ...over })
    tell({ event: 'handoff', id, status: desk.get(id)?.status ?? 'waiting' })
  }

  function tell({ event, ...data }: LiveEvent): void {
    for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write('event: ready\ndata: {}\n\n')
    streams.add(response)
    const beat = setInterval(() => response.write(': still here\n\n'), 2_000)
    response.on('close', () => [streams.delete(response), clearInterval(beat)])
  }

  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    seen,
    handoff: (id: string) => desk.get(id),
    add(handoff: HandoffDetail) {
      desk.set(handoff.id, handoff)
      tell({ event: 'handoff', id: handoff.id, status: handoff.status })
    },
    change,
    /** A shopper writes in the conversation of a hand-over. */
    say(id: string, text: string) {
      const handoff = desk.get(id)
      if (!handoff) return
      const message = sampleMessage({
        id: `say_${handoff.messages.length}`,
        role: 'shopper',
        state: 'silent',
        text,
        at: new Date().toISOString(),
      })
      desk.set(id, { ...handoff, messages: [...handoff.messages, message] })
      tell({ event: 'message', handoffId: id, conversationId: handoff.conversationId, role: 'shopper' })
    },
    fail(path: RegExp, refusal: Refusal | 'silence' | 'cut', times = 1) {
      refusals.push({ path, refusal, times })
    },
    heal() {
      refusals.length = 0
    },
    /** Nothing is answered, and every stream breaks, until `up`. */
    down() {
      down = true
      server.closeAllConnections()
    },
    up() {
      down = false
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

function send(response: ServerResponse, status: number, text: string, type: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(text)
}

function refuse(response: ServerResponse, { status, code, headers, more }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers })
  response.end(
    JSON.stringify({
      type: `urn:purser:problem:${code}`,
      title: code,
      status,
      code,
      detail: 'Refused by the stub.',
      fault: status >= 500 ? 'retryable' : 'user',
      traceId: 'trc_stub',
      ...more,
    }),
  )
}
