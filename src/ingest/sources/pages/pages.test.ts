import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '#telemetry/clock.ts'
import { decodeHtml, htmlRow } from './html-page.ts'
import { type FoundPage, pageFolder } from './page-folder.ts'
import { sitemapPages } from './sitemap.ts'

const { signal } = new AbortController()
const page = (main: string, head = '') =>
  `<html lang="de"><head><title>T</title>${head}</head><body>${main}</body></html>`
async function all(pages: AsyncIterable<FoundPage>): Promise<FoundPage[]> {
  const found: FoundPage[] = []
  for await (const one of pages) found.push(one)
  return found
}

describe('an HTML page', () => {
  test('is its main part, with title, language and address', () => {
    const html = page(
      '<header>Shop</header><main><h1>Returns</h1><p>30 days.</p></main><footer>Imprint</footer>',
      '<link rel="canonical" href="https://shop.example/returns">',
    )
    expect(htmlRow(html, 'help/returns.html')).toEqual({
      id: 'help/returns',
      kind: 'article',
      title: 'T',
      text: '<main><h1>Returns</h1><p>30 days.</p></main>',
      locale: 'de',
      url: 'https://shop.example/returns',
    })
  })

  test('without a main part is what stands between header and footer; a header of the content stays', () => {
    const html =
      '<header><nav>Menu</nav></header><article><header><h1>Title</h1></header>Body</article><aside>Ads</aside><footer>Imprint</footer>'
    const row = htmlRow(html, 'index.html')
    expect(row).toMatchObject({ id: 'index', title: 'Title', text: expect.stringContaining('Body') })
    expect(row?.text).not.toMatch(/Menu|Ads|Imprint/)
    expect(row?.text).toContain('<h1>Title</h1>')
  })

  test('that asks not to be indexed is left out', () => {
    expect(htmlRow(page('x', '<meta name="ROBOTS" content="nofollow, NoIndex">'), 'a.html')).toBeNull()
  })

  test('nested endlessly is read in no time', () => {
    expect(htmlRow('<header>'.repeat(200_000) + '<main>'.repeat(200_000), 'a.html')).toMatchObject({ id: 'a' })
  })

  test('is read in the encoding it declares, and as browsers do without one', () => {
    const latin = (declared: string) => decodeHtml(Buffer.from(`<meta charset="${declared}"><p>Größe</p>`, 'latin1'))
    for (const declared of ['iso-8859-1', 'nonsense', 'utf-8']) expect(latin(declared)).toContain('Größe')
    expect(decodeHtml(Buffer.from('<p>Größe</p>'))).toContain('Größe')
  })
})

describe('from a folder or a sitemap', () => {
  let folder: string
  let server: Server
  let origin: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'purser-pages-'))
    server = createServer((request, response) => {
      if (request.url === '/gone') response.writeHead(404).end()
      else if (request.url === '/cat.png') response.setHeader('content-type', 'image/png').end('x')
      else if (request.url === '/hidden')
        response.setHeader('content-type', 'text/html').end(page('x', '<meta name="robots" content="noindex">'))
      else if (request.url === '/large') {
        response.setHeader('content-type', 'text/html')
        response.end(Buffer.alloc(6 * 1024 * 1024, 'x'))
      } else if (request.url === '/second.xml') response.end(sitemap(`${origin}/in-second`))
      else response.setHeader('content-type', 'text/html; charset=utf-8').end(page(`<main>${request.url}</main>`))
    })
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true })
    server.closeAllConnections()
    await new Promise((done) => void server.close(done))
  })
  const sitemap = (...addresses: string[]) =>
    `<urlset>${addresses.map((loc) => `<url><loc>${loc}</loc></url>`).join('')}</urlset>`
  const pagesOf = (xml: string) => {
    writeFileSync(join(folder, 'sitemap.xml'), xml)
    return all(sitemapPages(join(folder, 'sitemap.xml'), systemClock(), signal))
  }

  test('a page that cannot be had is a row that says why, in its place', async () => {
    const found = await pagesOf(
      sitemap(...['/a/b?x=1&amp;y=2', '/gone', '/cat.png', '/large', '/hidden', '/'].map((path) => origin + path)),
    )
    expect(found.map(({ row }) => row)).toEqual([
      expect.objectContaining({ id: 'a/b', text: '<main>/a/b?x=1&y=2</main>', url: `${origin}/a/b?x=1&y=2` }),
      { id: 'gone', $problem: expect.stringContaining('404') },
      { id: 'cat.png', $problem: expect.stringContaining('no HTML') },
      { id: 'large', $problem: expect.stringContaining('4194304') },
      null,
      expect.objectContaining({ id: 'index' }),
    ])
  })

  test('pages beside the sitemap are read from there, and nothing outside of it', async () => {
    mkdirSync(join(folder, 'help'))
    writeFileSync(join(folder, 'help', 'index.html'), page('<main>local</main>'))
    const found = await pagesOf(sitemap(`${origin}/help/`, `${origin}/..%2f..%2fetc%2fpasswd`, `${origin}/%zz`))
    expect(found[0]?.row).toMatchObject({ id: 'help', text: '<main>local</main>' })
    expect(found[1]?.row).toMatchObject({ text: expect.stringContaining('passwd') })
    expect(found).toHaveLength(3)
  })

  test('the sitemaps of an index are read, one level deep', async () => {
    const index = `<sitemapindex><sitemap><loc>${origin}/second.xml</loc></sitemap></sitemapindex>`
    expect(await pagesOf(index)).toMatchObject([{ row: { id: 'in-second' } }])
  })

  test.each([
    ['cut off', '<urlset><url><loc>https://shop.example/a</loc></url>'],
    ['without an address', '<urlset></urlset>'],
    ['with an address that is none', sitemap('javascript:alert(1)')],
    ['with a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${sitemap('https://shop.example')}`],
  ])('a sitemap %s is refused', async (_what, xml) => {
    await expect(pagesOf(xml)).rejects.toMatchObject({ kind: 'user' })
  })

  test('a file that is too large or cannot be read is a row that says so', async () => {
    writeFileSync(join(folder, 'large.md'), Buffer.alloc(5 * 1024 * 1024, 'x'))
    writeFileSync(join(folder, 'latin.md'), Buffer.from('# Größe', 'latin1'))
    writeFileSync(join(folder, 'page.htm'), page('<main>x</main>'))
    const found = await all(pageFolder(folder, 'https://shop.example', signal))
    expect(found.map(({ row }) => row)).toEqual([
      { id: 'large', $problem: expect.stringContaining('5242880') },
      { id: 'latin', $problem: expect.stringContaining('UTF-8') },
      expect.objectContaining({ id: 'page', url: 'https://shop.example/page.htm' }),
    ])
  })
})
