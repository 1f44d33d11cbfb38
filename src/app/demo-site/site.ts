import type { PageRequest, PageResponse } from '#api/pages.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { SandboxWorld } from '#db/commerce/sandbox-world.port.ts'
import type { DocumentStore } from '#db/knowledge/documents.port.ts'
import { customerId, orderId, type ShopId } from '#domain/ids.ts'
import type { Customer } from '#domain/order.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Built } from '../web/bundles.ts'
import { html } from '../web/html.ts'
import { htmlResponse, type Site } from '../web/pages.ts'
import { accountPage, orderPage, ordersPage } from './account-pages.ts'
import { type Catalog, demoCatalog } from './catalog.ts'
import { cookieFor, DEMO_CUSTOMERS, identityToken, isDemoCustomer, signedIn } from './customers.ts'
import { helpPage } from './help-pages.ts'
import { framed, type Page } from './layout.ts'
import { pictures } from './pictures/pictures.ts'
import { plainPage } from './plain-page.ts'
import { departmentPage, homePage, productPage } from './shop-pages.ts'

const MOST_ORDERS = 20

export type SiteParts = {
  shop: ShopId
  /** Whether the demo is to be shown, where the shop is the demo's: its data may be there from an earlier start. */
  wanted: boolean
  shops: Pick<Shops, 'get'>
  documents: Pick<DocumentStore, 'list'>
  world: SandboxWorld
  publicKey: string
  identitySecret: string
  /** Where this server is reached by browsers. */
  address: () => string
  bundle: Built
  /** The file with the pictures' drawings. */
  drawings: string
  clock: Clock
}

/** The demo shop under `/demo`; where the instance serves another shop or is to be no demo, one plain page with the widget. */
export function demoSite(parts: SiteParts): Site {
  const { shop, shops, documents, world, clock } = parts
  const catalogNow = demoCatalog(documents, shop, clock)
  const picture = pictures(parts.drawings)
  return {
    async respond(request, signal) {
      const path = request.path.replace(/^\/demo\/?/, '')
      const known = await shops.get(shop, signal)
      if (!parts.wanted || !(known?.settings as { demo?: boolean } | undefined)?.demo)
        return path === ''
          ? htmlResponse(
              plainPage({ ...parts, ...assets(parts.bundle), shopName: known?.name ?? '', address: parts.address() }),
              request,
            )
          : null
      if (request.method === 'POST') return form(path, request)
      const catalog = await catalogNow(signal)
      if (path.startsWith('images/')) return picture(path.slice('images/'.length), catalog, request)
      const customer = await signedIn(request.header('cookie'), world, shop, signal)
      const page = await pageAt(path, catalog, customer, known?.name ?? '', signal)
      if (page && 'to' in page) return seeOther(page.to)
      const token = customer && identityToken(customer, parts.identitySecret, clock.now())
      const frame = {
        ...parts,
        ...assets(parts.bundle),
        shopName: known?.name ?? '',
        departments: catalog.departments,
        customer,
        identityToken: token,
      }
      const response = htmlResponse(framed(frame, page ?? missing()), request, page ? 200 : 404)
      return customer ? asPrivate(response) : { ...response, headers: { ...response.headers, vary: 'cookie' } }
    },
  }

  async function pageAt(
    path: string,
    catalog: Catalog,
    customer: Customer | null,
    shopName: string,
    signal: AbortSignal,
  ): Promise<Page | { to: string } | null> {
    const [kind, name = ''] = path.split('/')
    switch (kind) {
      case '':
        return homePage(catalog, shopName)
      case 'c': {
        const department = catalog.departments.find(({ slug }) => slug === name)
        return department ? departmentPage(department) : null
      }
      case 'p': {
        const found = catalog.product(name)
        return found ? productPage(found.product, found.article, found.department) : null
      }
      case 'account':
        return accountPage(await customers(signal), customer)
      case 'orders':
        return customer ? ordersOf(name, customer, catalog, signal) : { to: '/demo/account' }
      default:
        return helpPage(catalog, path)
    }
  }

  async function ordersOf(id: string, customer: Customer, catalog: Catalog, signal: AbortSignal): Promise<Page | null> {
    if (id === '') return ordersPage(await world.ordersOf(shop, customer.id, MOST_ORDERS, signal), customer)
    const order = await world.order(shop, orderId(id), signal)
    return order?.customer.id === customer.id ? orderPage(order, catalog) : null
  }

  async function customers(signal: AbortSignal): Promise<Customer[]> {
    const found = await Promise.all(DEMO_CUSTOMERS.map(({ id }) => world.customer(shop, customerId(id), signal)))
    return found.filter((customer) => customer !== null)
  }
}

function form(path: string, { form }: PageRequest): PageResponse | null {
  if (path === 'sign-out') return seeOther('/demo', cookieFor(null))
  const chosen = form.get('customer') ?? ''
  if (path !== 'sign-in') return null
  return isDemoCustomer(chosen) ? seeOther('/demo/orders', cookieFor(chosen)) : seeOther('/demo/account')
}

function seeOther(location: string, cookie?: string): PageResponse {
  return {
    status: 303,
    headers: { location, 'cache-control': 'no-store', ...(cookie ? { 'set-cookie': cookie } : {}) },
    body: '',
  }
}

/** A page with somebody's orders or token in it is kept by no browser. */
function asPrivate({ status, headers: { etag: _etag, ...headers }, body }: PageResponse): PageResponse {
  return { status, headers: { ...headers, 'cache-control': 'no-store' }, body }
}

function missing(): Page {
  return {
    title: 'Not found',
    body: html`<h1>There is nothing here</h1><p class="lead">The page has moved or was never there. The <a href="/demo">front page</a> and the <a href="/demo/help">help pages</a> are.</p>`,
  }
}

function assets(bundle: Built): { stylesheet: string | undefined; script: string | undefined } {
  if (bundle.state === 'down') return { stylesheet: undefined, script: undefined }
  return { stylesheet: bundle.entries.get('shop.css'), script: bundle.entries.get('shop.ts') }
}
