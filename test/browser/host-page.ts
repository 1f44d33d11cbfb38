import { createServer } from 'node:http'

/** A shop's page as it is served: its HTML, and its Content-Security-Policy if it has one. */
export type HostPage = { html: string; policy?: string }

/** A little web server for shops' pages, at an origin of its own; every path it does not know is 404. */
export async function hostPages(pages: Record<string, HostPage> = {}) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://host').pathname]
    if (!page) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(page.policy ? { 'content-security-policy': page.policy } : {}),
    })
    response.end(page.html)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    put(path: string, page: HostPage) {
      pages[path] = page
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

/** A bare page with one script tag, as an integrator writes it. */
export function shopPage(script: string, publicKey: string, attributes = '', body = '<h1>A shop</h1>'): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title><link rel="icon" href="data:,"><script src="${script}" data-purser-key="${publicKey}" ${attributes} defer></script></head><body>${body}</body></html>`
}
