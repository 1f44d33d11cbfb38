import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errors, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Shop } from '#db/access/shops.port.ts'
import type { SandboxWorld } from '#db/commerce/sandbox-world.port.ts'
import type { StoredDocument } from '#db/knowledge/documents.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { shopId } from '#domain/ids.ts'
import type { Customer, Order } from '#domain/order.ts'
import { movableClock } from '../../../test/fakes/movable-clock.ts'
import { demoDrawings, demoShopFolder } from '../shipped-files.ts'
import { demoCatalog } from './catalog.ts'
import { DEMO_CUSTOMERS } from './customers.ts'
import { markdown } from './markdown.ts'
import { demoSite } from './site.ts'

const SECRET = 'identity-secret-of-the-demo-0123456789'
const { signal } = new AbortController()
const rows = <Row>(file: string) =>
  readFileSync(join(demoShopFolder(), file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => readJson(line) as Row)
const documents = rows<ShopDocument>('documents.jsonl')
const orders = rows<Order>('orders.jsonl')
const customers = rows<Customer>('customers.jsonl')
const noon = new Date('2026-11-20T12:00:00Z')

const evil: ShopDocument = {
  id: 'product/evil' as ShopDocument['id'],
  kind: 'product',
  title: '<script>alert(1)</script>',
  text: '<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1))',
  url: 'https://larkhaven.example.com/p/evil',
  attributes: { '"><svg onload=alert(1)>': '<b>' },
}

function site(demo = true, wanted = true) {
  const world: Partial<SandboxWorld> = {
    customer: async (_shop, id) => customers.find((customer) => customer.id === id) ?? null,
    order: async (_shop, id) => orders.find((order) => order.id === id) ?? null,
    ordersOf: async (_shop, id, limit) => orders.filter(({ customer }) => customer.id === id).slice(0, limit),
  }
  const pages = demoSite({
    shop: shopId('shop'),
    shops: { get: async () => ({ name: 'Larkhaven', settings: { demo } }) as Shop },
    documents: {
      list: async () => ({
        items: [...documents, evil].map((document) => ({ document }) as StoredDocument),
        nextCursor: null,
      }),
    },
    world: world as SandboxWorld,
    wanted,
    publicKey: 'pk_demo',
    identitySecret: SECRET,
    address: () => 'https://purser.example',
    bundle: { state: 'ready', files: new Map(), entries: new Map([['shop.css', '/demo/assets/shop-1.css']]) },
    drawings: demoDrawings(),
    clock: movableClock(noon),
  })
  return async (path: string, cookie?: string, form?: Record<string, string>) => {
    const response = await pages.respond(
      {
        method: form ? 'POST' : 'GET',
        path,
        header: (name) => (name === 'cookie' ? cookie : undefined),
        form: new Map(Object.entries(form ?? {})),
      },
      signal,
    )
    return {
      status: response?.status ?? 404,
      headers: response?.headers ?? {},
      text: Buffer.from(response?.body ?? '').toString(),
    }
  }
}
const get = site()
const asSomebody = `larkhaven_customer=${DEMO_CUSTOMERS[0].id}`

describe('the demo shop', () => {
  test('has a page for every address its content names, and everything on it leads somewhere', async () => {
    const paths = new Set(
      documents
        .filter(({ audience, validUntil }) => !audience && !validUntil)
        .map(({ url }) => url?.replace('https://larkhaven.example.com', '/demo').split('#')[0] ?? ''),
    )
    const links = new Set<string>()
    for (const path of ['/demo', ...paths]) {
      const { status, text } = await get(path)
      expect(`${path} ${status}`).toBe(`${path} 200`)
      for (const [, link = ''] of text.matchAll(/(?:href|src)="(\/demo[^"#]*)/g)) links.add(link)
    }
    const ours = [...links].filter((link) => !link.startsWith('/demo/assets/') && link !== '/demo/account')
    expect(ours.length).toBeGreaterThan(300)
    for (const link of ours) expect(`${link} ${(await get(link)).status}`).toBe(`${link} 200`)
  })

  test('has the place every answer to a frequent question is linked to', async () => {
    const { text } = await get('/demo/help/faq')
    const questions = documents.filter(({ kind, locale }) => kind === 'faq' && locale === 'en')
    expect(questions.filter(({ url }) => !text.includes(`id="${url?.split('#')[1]}"`))).toEqual([])
  })

  test('shows price and availability as the data says', async () => {
    const { text } = await get('/demo/p/brewick-dawn')
    expect(text).toContain('€149.00')
    expect(text).toContain('class="stock in_stock">In stock')
  })

  test('does not show what is for the staff, or no longer valid', async () => {
    expect((await get('/demo/help/goodwill')).status).toBe(404)
    expect((await get('/demo/help/spring-2025')).status).toBe(404)
    expect((await get('/demo/help')).text).not.toContain('goodwill')
  })

  test('treats its content as text, whatever is in it', async () => {
    const { text } = await get('/demo/p/evil')
    expect(text).not.toMatch(/<script>|<img src=x|<svg onload|href="javascript/)
    expect(text).toContain('<strong>bold</strong>')
  })

  test('draws every product in a colour of its own, from its own kind', async () => {
    const products = documents.filter(({ kind }) => kind === 'product')
    const pictures = await Promise.all(
      products.map(({ image }) => get(image?.url.replace('https://larkhaven.example.com', '/demo') ?? '')),
    )
    expect(
      pictures.filter(({ status, headers }) => status !== 200 || !headers['content-type']?.startsWith('image/svg')),
    ).toEqual([])
    expect(new Set(pictures.map(({ text }) => text)).size).toBeGreaterThan(250)
    expect(pictures.filter(({ text }) => /\{\w+\}|undefined|NaN/.test(text))).toEqual([])
    expect((await get('/demo/images/nothing.svg')).status).toBe(404)
  })

  test('carries the widget, and for guests no identity', async () => {
    const { text } = await get('/demo')
    expect(text).toContain('<script src="/widget.js" data-purser-key="pk_demo"')
    expect(text).not.toContain('data-identity-token')
  })
})

describe('a customer of the demo shop', () => {
  test('signs in by a form, and every page then carries a token signed for them', async () => {
    const signIn = await get('/demo/sign-in', undefined, { customer: DEMO_CUSTOMERS[0].id })
    expect(signIn).toMatchObject({ status: 303, headers: { location: '/demo/orders' } })
    expect(signIn.headers['set-cookie']).toContain('HttpOnly; SameSite=Lax')
    const { text, headers } = await get('/demo', asSomebody)
    const token = /data-identity-token="([^"]+)"/.exec(text)?.[1] ?? ''
    const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET), {
      algorithms: ['HS256'],
      currentDate: noon,
    })
    expect(payload.sub).toBe(DEMO_CUSTOMERS[0].id)
    expect(headers['cache-control']).toBe('no-store')
    await expect(
      jwtVerify(token, new TextEncoder().encode(SECRET), { currentDate: new Date('2026-11-20T14:00:00Z') }),
    ).rejects.toThrow(errors.JWTExpired)
  })

  test('sees their own orders and nobody else’s', async () => {
    const own = orders.find(({ customer }) => customer.id === DEMO_CUSTOMERS[0].id)
    const foreign = orders.find(({ customer }) => customer.id !== DEMO_CUSTOMERS[0].id)
    expect((await get('/demo/orders', asSomebody)).text).toContain(own?.id)
    expect((await get(`/demo/orders/${own?.id}`, asSomebody)).status).toBe(200)
    expect((await get(`/demo/orders/${foreign?.id}`, asSomebody)).status).toBe(404)
    expect(await get('/demo/orders')).toMatchObject({ status: 303, headers: { location: '/demo/account' } })
  })

  test('can only be one of those the demo names', async () => {
    const other = customers.find(({ id }) => !DEMO_CUSTOMERS.some((customer) => customer.id === id))
    expect(await get('/demo/sign-in', undefined, { customer: other?.id ?? '' })).toMatchObject({
      headers: { location: '/demo/account' },
    })
    expect((await get('/demo', `larkhaven_customer=${other?.id}`)).text).not.toContain('data-identity-token')
  })
})

test('an instance with a shop of its own has one plain page with the widget and the tag to copy', async () => {
  const own = site(false)
  expect((await own('/demo')).text).toContain('&#60;script src=&#34;https://purser.example/widget.js&#34;')
  expect((await own('/demo/help')).status).toBe(404)
})

test('an instance told to be no demo shows the plain page, and signs nobody in, also over the demo’s data', async () => {
  const told = site(true, false)
  expect((await told('/demo')).text).toContain('&#60;script src=')
  for (const path of ['/demo/account', '/demo/orders']) expect((await told(path, asSomebody)).status).toBe(404)
  expect((await told('/demo/sign-in', undefined, { customer: DEMO_CUSTOMERS[0].id })).status).toBe(404)
  expect((await told('/demo', asSomebody)).text).not.toContain('data-identity-token="')
})

test('Markdown becomes headings, lists, tables and links to pages of the shop', () => {
  const { html } = markdown(
    '## A & b\n\n1. one\n   more\n2. *two*\n\n| a | b |\n| --- | --- |\n| 1 | [x](https://larkhaven.example.com/help/returns) |',
  )
  expect(html).toContain('<h2 id="a-b">A &#38; b</h2>')
  expect(html).toContain('<ol><li>one more</li><li><em>two</em></li></ol>')
  expect(html).toContain('<td><a href="/demo/help/returns">x</a></td>')
})

test('a reader who goes away takes the catalog from nobody else', async () => {
  const listed = Promise.withResolvers<void>()
  const documents = {
    async list(_shop: unknown, _page: unknown, signal: AbortSignal) {
      await listed.promise
      signal.throwIfAborted()
      return { items: [], nextCursor: null }
    },
  }
  const catalogNow = demoCatalog(documents, shopId('shop'), movableClock(noon))
  const leaving = new AbortController()
  const left = catalogNow(leaving.signal).catch(() => null)
  const stays = catalogNow(signal)
  leaving.abort()
  listed.resolve()
  await left
  expect(await stays).toMatchObject({ departments: [] })
})
