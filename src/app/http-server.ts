import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { Fault } from '#domain/fault.ts'

type Fetch = (request: Request, env: unknown) => Response | Promise<Response>

/** A listening server whose work can be given to it later; until then it answers 503. */
export type HttpServer = {
  url: string
  serve(handler: Fetch): void
  /** Stops listening, lets running requests end until `signal` is aborted, then cuts them off. */
  close(signal: AbortSignal): Promise<void>
}

/** Time a client has to send its headers. Bodies have their own limits in the API, since imports may stream for long. */
const HEADERS_TIMEOUT_MS = 20_000

/**
 * Binds `host:port` (port 0: any free one). Throws Fault operator `app.port.in_use` or `app.port.refused` with what to do.
 */
export async function openServer(host: string, port: number, signal: AbortSignal): Promise<HttpServer> {
  signal.throwIfAborted()
  let handler: Fetch = starting
  const server = createAdaptorServer({
    fetch: (request, env) => handler(request, env),
    overrideGlobalObjects: false,
  }) as Server
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = 0
  await listen(server, host, port)
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${urlHost(host)}:${bound}`,
    serve(next) {
      handler = next
    },
    close: (closing) => close(server, closing),
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(refused(error, host, port)))
    server.listen(port, host, () => done())
  })
}

function refused(error: NodeJS.ErrnoException, host: string, port: number): Fault {
  if (error.code === 'EADDRINUSE')
    return new Fault({
      kind: 'operator',
      code: 'app.port.in_use',
      message: `Port ${port} is in use by another program. Stop it, or start with another one: PORT=${port + 1} npm start (PORT=0 takes any free port).`,
      cause: error,
    })
  return new Fault({
    kind: 'operator',
    code: 'app.port.refused',
    message: `The server could not listen on ${host}:${port} (${error.code ?? error.message}). Choose another PORT or PURSER_HOST.`,
    cause: error,
  })
}

function close(server: Server, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeIdleConnections()
    const cut = () => server.closeAllConnections()
    if (signal.aborted) cut()
    else signal.addEventListener('abort', cut, { once: true })
  })
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function starting(): Response {
  return new Response(
    JSON.stringify({
      type: 'about:blank',
      title: 'Starting',
      status: 503,
      code: 'app.starting',
      detail: 'Purser is starting.',
      fault: 'retryable',
    }),
    { status: 503, headers: { 'content-type': 'application/problem+json', 'retry-after': '1' } },
  )
}
