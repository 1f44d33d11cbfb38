import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/** What happens to one request: passed on, answered here, held until released, or cut after so many bytes of the response. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** Never answered; ends with the proxy. */
  | { kind: 'silence' }
  /** The connection is torn down once `after` bytes of the response's body went through. */
  | { kind: 'cut'; after: number }
  /** Instead of what the server streams. */
  | { kind: 'body'; contentType: string; body: string }

type Rule = { method: string; path: RegExp; fault: Fault; times: number }

/** An HTTP proxy in front of `target` that fails on demand, as networks and servers do. */
export async function faultyProxy(target: string) {
  const rules: Rule[] = []
  const seen: { method: string; path: string; body: string }[] = []
  const open = new Set<ServerResponse>()
  let down = false
  let goal = new URL(target)

  const server = createServer((incoming, outgoing) => {
    open.add(outgoing)
    outgoing.on('close', () => open.delete(outgoing))
    if (down) return void incoming.socket.destroy()
    const rule = rules.find(
      ({ method, path, times }) => times > 0 && method === incoming.method && path.test(incoming.url ?? ''),
    )
    if (rule) rule.times -= 1
    const record = { method: incoming.method ?? '', path: incoming.url ?? '', body: '' }
    seen.push(record)
    incoming.on('data', (chunk) => {
      record.body += chunk
    })
    if (rule && rule.fault.kind !== 'cut') return answerHere(rule.fault, incoming, outgoing)
    passOn(goal, incoming, outgoing, rule?.fault.kind === 'cut' ? rule.fault.after : null)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  return {
    url: `http://127.0.0.1:${port}`,
    /** Every request so far, with its body. */
    seen,
    /** The next `times` requests of this kind fail so. */
    fail(method: string, path: RegExp, fault: Fault, times = 1) {
      rules.push({ method, path, fault, times })
    },
    heal() {
      rules.length = 0
      down = false
    },
    /** Every connection breaks and no new one is taken until `heal`. */
    cutAll() {
      down = true
      for (const response of open) response.socket?.destroy()
    },
    /** The server behind moved, as after a restart on another port. */
    aimAt(next: string) {
      goal = new URL(next)
    },
    async close() {
      down = true
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

export type FaultyProxy = Awaited<ReturnType<typeof faultyProxy>>

function answerHere(fault: Exclude<Fault, { kind: 'cut' }>, incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume()
  if (fault.kind === 'silence') return
  // Browsers ask before they read across origins, also the answers of a broken server's proxy.
  const readable = {
    'access-control-allow-origin': incoming.headers.origin ?? '*',
    'access-control-expose-headers': 'x-trace-id, retry-after',
  }
  if (fault.kind === 'status') {
    outgoing.writeHead(fault.status, {
      'content-type': 'application/problem+json',
      ...readable,
      ...fault.headers,
    })
    outgoing.end(fault.body ?? '')
  } else {
    outgoing.writeHead(200, { 'content-type': fault.contentType, ...readable })
    outgoing.end(fault.body)
  }
}

function passOn(goal: URL, incoming: IncomingMessage, outgoing: ServerResponse, cutAfter: number | null): void {
  const upstream = request(
    {
      host: goal.hostname,
      port: goal.port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, host: goal.host },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      outgoing.flushHeaders()
      let passed = 0
      answer.on('data', (chunk: Buffer) => {
        const left = cutAfter === null ? chunk.length : cutAfter - passed
        outgoing.write(chunk.subarray(0, Math.max(0, left)))
        passed += chunk.length
        // What was written shall arrive before the connection is gone.
        if (cutAfter !== null && passed >= cutAfter) setImmediate(() => outgoing.socket?.destroy())
      })
      answer.on('end', () => outgoing.end())
      answer.on('error', () => outgoing.destroy())
    },
  )
  upstream.on('error', () => outgoing.destroy())
  outgoing.on('close', () => upstream.destroy())
  incoming.pipe(upstream)
}
