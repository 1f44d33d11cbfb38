import type { Server } from 'node:http'
import { resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { buildBundles } from '#app/web/bundles.ts'
import { webPages } from '#app/web/pages.ts'
import { proofOf } from '../../src/api/proof.ts'
import { type ApiBench, apiBench } from '../fixtures/api-bench.ts'
import { faultyProxy } from './faulty-proxy.ts'
import { hostPages, shopPage } from './host-page.ts'

const WEB = resolve(import.meta.dirname, '../../web')
type Process = Pick<ApiBench, 'app'>

/**
 * The widget as shoppers get it: real bundles and the real API over a real database behind a network that fails on demand,
 * on a page of another origin. The agent is scripted (`bench.api.agent.does`), so that answers come when the test says.
 */
export async function widgetBench() {
  const api = await apiBench()
  // Browsers live in the present: sessions of the bench's own time would be long over.
  api.clock.move(Date.now() - api.clock.now().getTime())
  const { signal } = new AbortController()
  const assets = webPages(await buildBundles(WEB, signal), { respond: async () => null })
  const server = await serve(() => current)
  let current: Process = api
  const network = await faultyProxy(server.url)
  const host = await hostPages()
  const { publicKey } = api.keys
  await api.publicKeys.put(
    api.shop,
    proofOf(publicKey),
    { origins: [host.origin], identitySecret: api.identitySecret },
    signal,
  )
  host.put('/', { html: shopPage(`${network.url}/widget.js`, publicKey) })

  return {
    api,
    /** Requests of the browser pass here, and fail here when told to. */
    network,
    host,
    publicKey,
    script: `${network.url}/widget.js`,
    /** The page with nothing but the script tag. */
    pageUrl: `${host.origin}/`,
    /** Another page of the same shop; gives its address. */
    page(path: string, html: string, policy?: string): string {
      host.put(path, { html, ...(policy ? { policy } : {}) })
      return host.origin + path
    },
    /** The API goes on in a new process over the same database, as after a crash. */
    restart(): Process {
      current = api.another()
      return current
    },
    async close() {
      await network.close()
      await host.close()
      await server.close()
      await api.close()
    },
  }

  async function serve(process: () => Process) {
    const listening = createAdaptorServer({
      async fetch(request, env) {
        const path = decodeURIComponent(new URL(request.url).pathname)
        const header = (name: string) => request.headers.get(name) ?? undefined
        const file = await assets.respond({ method: 'GET', path, header, form: new Map() }, request.signal)
        if (file) return new Response(file.status === 304 ? null : file.body, file)
        return process().app.fetch(request, env as never)
      },
      overrideGlobalObjects: false,
    }) as Server
    await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done))
    const address = listening.address()
    return {
      url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
      async close() {
        listening.closeAllConnections()
        await new Promise<void>((done) => listening.close(() => done()))
      },
    }
  }
}

export type WidgetBench = Awaited<ReturnType<typeof widgetBench>>
