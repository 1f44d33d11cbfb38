import type { PageRequest, PageResponse, Pages } from '#api/pages.port.ts'
import type { DependencyState } from '#api/readiness.port.ts'
import { etagOf, isKnown, serveAsset } from './assets.ts'
import type { Built, Bundles } from './bundles.ts'
import { consolePage } from './console-page.ts'
import type { Html } from './html.ts'

/** A page of the demo shop, or a form's answer; null where there is none. */
export type Site = {
  respond(request: PageRequest, signal: AbortSignal): Promise<PageResponse | null>
}

/** What browsers get from this server: bundles, the console's shell and the demo shop. */
export function webPages(bundles: Bundles, site: Site): Pages {
  return {
    async respond(request, signal) {
      const { path } = request
      if (path === '/') return { status: 303, headers: { location: '/demo' }, body: '' }
      if (path === '/widget.js' || path.startsWith('/widget/')) return file(bundles.widget, request)
      if (path === '/console' || path === '/console/sign-in') return consoleShell(bundles.console, request)
      if (path.startsWith('/console/')) return file(bundles.console, request)
      if (path.startsWith('/demo/assets/')) return file(bundles.demo, request)
      return site.respond(request, signal)
    },
  }
}

/** Whether everything was bundled, for `GET /readyz`. */
export function webState(bundles: Bundles): DependencyState {
  const down = Object.values(bundles).find((part) => part.state === 'down')
  return down ? { state: 'down', detail: down.fault.message } : { state: 'ready' }
}

/** A page for this request: kept by browsers, but asked about every time. `secret` pages are kept by nobody. */
export function htmlResponse({ html }: Html, { header }: Pick<PageRequest, 'header'>, status = 200): PageResponse {
  const etag = etagOf(html)
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    etag,
    'cross-origin-resource-policy': 'same-origin',
  }
  if (status === 200 && isKnown(etag, header('if-none-match'))) return { status: 304, headers, body: '' }
  return { status, headers, body: html }
}

async function file(part: Built, request: PageRequest): Promise<PageResponse | null> {
  if (part.state === 'down') throw part.fault
  const found = part.files.get(request.path)
  return found ? serveAsset(found, request) : null
}

function consoleShell(part: Built, request: PageRequest): PageResponse | null {
  if (part.state === 'down') throw part.fault
  const script = part.entries.get('console.ts')
  return script ? htmlResponse(consolePage(script, part.entries.get('console.css')), request) : null
}
