import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#telemetry/clock.ts'
import { importBench, UPSERT } from '../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'
import { openImport, readMappingFile } from '../app/cli/import-upload.ts'
import type { ImportFormat } from './imports.port.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const { signal } = new AbortController()
const FORMATS: Record<string, ImportFormat> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/xml': 'xml',
  'application/x-ndjson': 'ndjson',
}
const commands = [...readFileSync(join(ROOT, 'docs/import.md'), 'utf8').matchAll(/^npm run import -- (\S.*)$/gm)].map(
  ([, rest]) => rest ?? '',
)

let bench: Awaited<ReturnType<typeof knowledgeBench>>
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

/** Does what the command of the page does, but for the way over HTTP. */
async function imported(command: string) {
  const { values, positionals } = parseArgs({
    args: command.split(' '),
    options: { map: { type: 'string' }, currency: { type: 'string' }, site: { type: 'string' } },
    allowPositionals: true,
  })
  const upload = await openImport(join(ROOT, positionals[0] ?? ''), values.site, systemClock(), signal)
  const mapping = values.map === undefined ? undefined : await readMappingFile(join(ROOT, values.map))
  const shop = await importBench(bench)
  async function* body() {
    for await (const part of upload.stream) yield Buffer.from(part)
  }
  const { currency, site } = values
  const format = FORMATS[upload.type] ?? 'ndjson'
  const id = await shop.imports.start(shop.shop, UPSERT, { format, mapping, currency, site }, body(), signal)
  await shop.imports.run(shop.shop, id, signal)
  const documents = await shop.documents()
  return { report: await shop.report(id), documents: Object.fromEntries(documents.map((one) => [one.id, one])) }
}

test.each(commands)('docs/import.md: %s imports every row', async (command) => {
  const { report, documents } = await imported(command)
  expect(report).toMatchObject({ status: 'done', rejected: 0, duplicates: 0, incomplete: false })
  expect(Object.keys(documents).length).toBeGreaterThan(1)
})

const example = (file: string) => imported(commands.find((command) => command.includes(file)) ?? file)

test('of the Shopify example variants become products with price, stock, tags and picture', async () => {
  const { report, documents } = await example('shopify-products.csv')
  expect(report.errors).toMatchObject([{ line: 7, code: 'not_published', value: 'spring-lamp' }])
  expect(documents['products/harbour-rain-jacket']).toEqual({
    id: 'products/harbour-rain-jacket',
    kind: 'product',
    title: 'Harbour Rain Jacket',
    text: expect.stringMatching(/taped seams[\s\S]*<th>Colour<\/th><th>Size<\/th><th>SKU<\/th>[\s\S]*sold out/),
    url: 'https://shop.example/products/harbour-rain-jacket',
    category: 'Jackets',
    scope: { brand: 'Fjordline' },
    attributes: { Colour: 'Navy, Sand', Size: 'S, M', Tags: 'rain, unisex', Weight: { value: 620, unit: 'g' } },
    price: { amount: 11_900, currency: 'EUR' },
    availability: 'in_stock',
    image: { url: 'https://shop.example/images/harbour-navy.jpg', alt: 'Navy rain jacket with the hood up' },
    aliases: ['HRJ-NV-S', '4006381333931', 'HRJ-NV-M', '4006381333948', 'HRJ-SD-M', '4006381333955'],
  })
  expect(documents['products/tide-mug']).toMatchObject({
    sku: 'MUG-1',
    price: { amount: 1_850, currency: 'EUR' },
    availability: 'in_stock',
    text: '<p>Stoneware, 350 ml. Goes into the dishwasher.</p>',
  })
})

test('of the Merchant feed items become products, in XML and tab-separated alike', async () => {
  const xml = (await example('merchant-feed.xml')).documents
  expect(xml['HRJ-NV-S']).toEqual({
    id: 'HRJ-NV-S',
    kind: 'product',
    title: 'Harbour Rain Jacket, navy, S',
    text: 'A waterproof jacket with taped seams & a hood that folds into the collar.\n- Water column 20,000 mm\n- 620 g',
    sku: 'HRJ-NV-S',
    url: 'https://shop.example/products/harbour-rain-jacket?variant=1',
    image: { url: 'https://shop.example/images/harbour-navy.jpg', alt: 'Harbour Rain Jacket, navy, S' },
    price: { amount: 12_900, currency: 'EUR' },
    availability: 'in_stock',
    scope: { brand: 'Fjordline' },
    category: 'Jackets',
    aliases: ['4006381333931'],
    attributes: {
      'item group id': 'harbour-rain-jacket',
      condition: 'new',
      color: 'Navy',
      size: 'S',
      'sale price': '109.00 EUR',
      'sale price effective date': '2026-03-01T00:00+0100/2026-03-14T23:59+0100',
      Washing: '30 °C',
      shipping: 'country DE, price 4.90 EUR',
    },
  })
  const table = (await example('merchant-feed.tsv')).documents
  expect(table['HRJ-NV-S']).toMatchObject({ text: 'A waterproof jacket with a 24" zip.', aliases: ['4006381333931'] })
  for (const documents of [xml, table])
    expect(documents['MUG-1']).toMatchObject({
      price: { amount: 1_850, currency: 'EUR' },
      availability: 'out_of_stock',
      scope: { brand: 'Kiln & Co' },
    })
})

test('of the table with a mapping German prices and several texts are read', async () => {
  const { report, documents } = await example('erp-products.csv')
  expect(report.errors).toMatchObject([
    { line: 1, code: 'columns_left_out', message: expect.stringContaining('Lieferant') },
  ])
  expect(documents['erp/MUG-1']).toEqual({
    id: 'erp/MUG-1',
    kind: 'product',
    title: 'Becher Tide',
    text: 'Steinzeug, 350 ml.\n\nSpülmaschinenfest.',
    locale: 'de',
    price: { amount: 1_850, currency: 'EUR' },
    attributes: { Farbe: 'Blau', 'Gewicht (kg)': 0.41 },
  })
})

test('of the folders and the sitemap pages keep their content, address and language', async () => {
  const handbook = (await example('examples/handbook')).documents
  expect(handbook['policy/returns']).toMatchObject({ kind: 'policy', scope: { region: 'DE' }, updatedAt: '2026-01-15' })
  expect(handbook['delivery/times']).toMatchObject({ kind: 'article', title: 'Delivery times' })
  const site = (await example('examples/site --site')).documents
  expect(Object.keys(site).sort()).toEqual(['care', 'index'])
  expect(site.care).toMatchObject({ title: 'Care instructions', locale: 'en', url: 'https://shop.example/care.html' })
  expect(site.index).toMatchObject({ url: 'https://shop.example/', text: expect.stringContaining('Harbour Street') })
  for (const page of Object.values(site)) expect(page.text).not.toMatch(/©|<nav/)
  const sitemap = (await example('sitemap.xml')).documents
  expect(sitemap.index).toMatchObject({ url: 'https://shop.example/', updatedAt: '2026-01-10' })
  expect(sitemap.care).toMatchObject({ url: 'https://shop.example/care.html' })
})
