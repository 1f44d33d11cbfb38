import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Citation, OrderCard, ProductCard } from '#domain/answer.ts'
import { documentId, orderId } from '#domain/ids.ts'
import { moneyText } from '#domain/money.ts'
import { agentAnswer } from '../fakes/scripted-agent.ts'
import { browserBench, describeInBrowser, PHONE } from './browser.ts'
import { type WidgetBench, widgetBench } from './widget-bench.ts'
import { ask, inputOf, logOf, openPanel } from './widget-page.ts'

let bench: WidgetBench
beforeAll(async () => {
  bench = await widgetBench()
})
afterAll(() => bench?.close())
afterEach(() => bench.network.heal())
const browser = browserBench()

async function opened(): Promise<Page> {
  const { page } = await browser.visit(bench.pageUrl)
  await openPanel(page)
  return page
}

async function answered(page: Page, question = 'What have you got?') {
  await ask(page, question)
  const line = logOf(page).locator('purser-answer').last()
  await line.locator('article[data-state="done"]').waitFor()
  return line
}

const SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'
function product(at: number, changes: Partial<ProductCard> = {}): ProductCard {
  return {
    documentId: documentId(`product/${at}`),
    sku: `P-${at}`,
    title: `Kettle ${at}`,
    url: `https://shop.example/kettle-${at}`,
    price: { amount: 1_000 + at, currency: 'EUR' },
    availability: 'in_stock',
    image: { url: `${bench.host.origin}/kettle-${at}.svg`, alt: `A kettle, seen ${at} times` },
    asOf: '2026-06-01T10:00:00.000Z',
    ...changes,
  }
}

describeInBrowser('a comparison', () => {
  test('is a table with named columns and rows, and no wider than a phone', async () => {
    const long = 'Gyllenstierna-Extraordinaire double-walled expedition kettle'
    const text = `|  | Kettle 1 | ${long} |\n| --- | --- | --- |\n| price | €10.01 | €1,299.00 |\n| material | steel | the listing does not say |\n\nThe higher price: ${long}`
    bench.api.agent.does(() => agentAnswer({ text }))
    const { page } = await browser.visit(bench.pageUrl, { viewport: PHONE })
    await openPanel(page)
    const line = await answered(page, 'Compare them')
    const table = line.getByRole('table')
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['Kettle 1', long])
    expect(await table.getByRole('rowheader').allInnerTexts()).toEqual(['price', 'material'])
    expect(await table.getByRole('row', { name: 'price' }).getByRole('cell').allInnerTexts()).toEqual([
      '€10.01',
      '€1,299.00',
    ])
    expect(await line.locator('.text > p').innerText()).toBe(`The higher price: ${long}`)
    expect(await line.locator('.text').innerText()).not.toContain('|')
    const wide = await logOf(page).evaluate((log) => log.scrollWidth - log.clientWidth)
    expect(wide).toBeLessThanOrEqual(0)
    const overflow = await table.evaluate((drawn) => drawn.scrollWidth - (drawn.parentElement?.clientWidth ?? 0))
    expect(overflow).toBeLessThanOrEqual(0)
  })
})

describeInBrowser('product cards', () => {
  test('W17 are five at first and all of them on demand, where the focus goes on', async () => {
    const products = [1, 2, 3, 4, 5, 6, 7].map((at) => product(at))
    bench.api.agent.does(() => agentAnswer({ text: 'Seven kettles.', products }))
    const line = await answered(await opened())
    const cards = line.locator('.product')
    await expect.poll(() => cards.count()).toBe(5)
    await line.getByRole('button', { name: 'Show 2 more' }).click()
    await expect.poll(() => cards.getByRole('heading').allInnerTexts()).toEqual(products.map(({ title }) => title))
    expect(await cards.locator('.price').allInnerTexts()).toEqual(
      products.map(({ price }) => price && moneyText(price, 'en')),
    )
    const focused = cards.nth(5).getByRole('link')
    expect(await focused.evaluate((link) => link.matches(':focus'))).toBe(true)
    expect(await line.getByRole('button', { name: /more/ }).count()).toBe(0)
  })

  test('W17 keep their picture’s box when it cannot be loaded, and name what is not known not at all', async () => {
    const page = await opened()
    await page.route('**/kettle-1.svg', (route) => route.fulfill({ contentType: 'image/svg+xml', body: SQUARE }))
    await page.route('**/kettle-2.svg', (route) => route.fulfill({ status: 404 }))
    const bare = { price: null, availability: null, url: null, image: null }
    bench.api.agent.does(() => agentAnswer({ products: [product(1), product(2), product(3, bare)] }))
    const line = await answered(page)
    const cards = line.locator('.product')
    const image = (at: number) => cards.nth(at).locator('img')
    await expect.poll(() => image(0).evaluate((found) => (found as HTMLImageElement).naturalWidth)).toBe(10)
    await expect.poll(() => image(1).evaluate((found) => getComputedStyle(found).opacity)).toBe('0')
    const boxes = await cards.locator('.picture').evaluateAll((all) =>
      all.map((box) => {
        const { width, height } = box.getBoundingClientRect()
        return `${width} ${height}`
      }),
    )
    expect(new Set(boxes).size).toBe(1)
    expect(boxes[0]).not.toMatch(/^0| 0$/)
    expect(await image(0).getAttribute('alt')).toBe('A kettle, seen 1 times')
    expect(await cards.nth(2).getByRole('link').count()).toBe(0)
    expect(await cards.nth(2).innerText()).toMatch(/^Kettle 3\s+as of /)
  })
})

const citation: Citation = {
  documentId: documentId('policies/returns'),
  chunkId: 'chk_returns' as Citation['chunkId'],
  title: 'Returns',
  url: 'https://shop.example/returns',
  quote: 'Items can be returned within 30 days.',
  updatedAt: '2026-05-04T08:00:00.000Z',
  language: 'en',
  state: 'current',
  field: null,
}

describeInBrowser('languages', () => {
  test('W46 an answer has its language, its quote that of the page it is from', async () => {
    bench.api.agent.does(() =>
      agentAnswer({ text: 'يمكن إرجاع السلع خلال 30 يومًا.', language: 'ar', citations: [citation] }),
    )
    const line = await answered(await opened())
    const text = line.locator('[part~="message-assistant"]')
    expect(await text.getAttribute('lang')).toBe('ar')
    expect(await text.evaluate((found) => getComputedStyle(found).direction)).toBe('rtl')
    await line.locator('.source').first().click()
    const quote = line.locator('blockquote')
    expect(await quote.getAttribute('lang')).toBe('en')
    expect(await quote.evaluate((found) => getComputedStyle(found).direction)).toBe('ltr')
  })
})

describeInBrowser('what a shopper or a page says is only text', () => {
  const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> & "quoted"'

  test('W36 also in the saved page, which has no script and no picture', async () => {
    bench.api.agent.does(() =>
      agentAnswer({
        text: HOSTILE,
        products: [product(1, { title: HOSTILE, url: 'javascript:window.hurt=1' })],
        citations: [{ ...citation, title: HOSTILE, quote: HOSTILE, url: 'javascript:window.hurt=1' }],
      }),
    )
    const page = await opened()
    const line = await answered(page, HOSTILE)
    await line.locator('.source').first().click()
    expect(await line.getByRole('link').count()).toBe(0)
    expect(await line.locator('script, [onerror]').count()).toBe(0)
    await page.locator('purser-widget').getByRole('button', { name: 'More options' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('purser-widget').getByRole('menuitem', { name: 'Download as HTML' }).click(),
    ])
    const reader = await page.context().newPage()
    await reader.setContent(await readFile(await download.path(), 'utf8'))
    expect(await reader.locator('script, img, a, [onerror]').count()).toBe(0)
    expect(await reader.locator('article p').allInnerTexts()).toEqual([
      HOSTILE,
      HOSTILE,
      expect.stringContaining(HOSTILE),
    ])
    for (const shown of [page, reader]) expect(await shown.evaluate(() => Reflect.has(window, 'hurt'))).toBe(false)
  })
})

describeInBrowser('files', () => {
  const REASON = 'Files can’t be attached here.'
  const refusal = (page: Page) => page.locator('purser-widget').getByRole('alert').filter({ hasText: REASON })
  /** Does what the browser does when files are dropped or pasted; whether the panel took it from the browser. */
  const give = (page: Page, type: 'dragover' | 'drop' | 'paste', target: 'log' | 'textarea') =>
    page.locator(`purser-widget ${target === 'log' ? '[part~="log"]' : 'textarea'}`).evaluate((element, type) => {
      const data = new DataTransfer()
      data.items.add(new File(['x'.repeat(11)], 'photo.heic', { type: 'image/heic' }))
      const options = { bubbles: true, composed: true, cancelable: true }
      const event =
        type === 'paste'
          ? new ClipboardEvent(type, { ...options, clipboardData: data })
          : new DragEvent(type, { ...options, dataTransfer: data })
      element.dispatchEvent(event)
      return event.defaultPrevented
    }, type)

  test.each(['drop', 'paste'] as const)(
    'W37 given by %s are refused with a reason, which has the focus',
    async (by) => {
      const page = await opened()
      await inputOf(page).fill('My lamp arrived like this:')
      if (by === 'drop') expect(await give(page, 'dragover', 'log')).toBe(true)
      const before = bench.network.seen.length
      expect(await give(page, by, by === 'drop' ? 'log' : 'textarea')).toBe(true)
      await refusal(page).waitFor()
      const close = refusal(page).getByRole('button')
      await expect.poll(() => close.evaluate((found) => found.matches(':focus'))).toBe(true)
      expect(await inputOf(page).inputValue()).toBe('My lamp arrived like this:')
      await close.click()
      await refusal(page).waitFor({ state: 'detached' })
      await expect.poll(() => inputOf(page).evaluate((found) => found.matches(':focus'))).toBe(true)
      expect(bench.network.seen.slice(before).filter(({ method }) => method === 'POST')).toEqual([])
    },
  )
})

describeInBrowser('what a shopper asks for', () => {
  const card = (cases: OrderCard['cases']): OrderCard => ({
    ...{ orderId: orderId('LH-100670'), status: 'processing', statusText: 'being prepared', items: [] },
    ...{ carrier: null, tracking: null, lastEvent: null, expectedBy: null, nextExpected: null },
    ...{ asOf: '2026-06-01T10:00:00.000Z', cases },
  })
  const request = (state: OrderCard['cases'][number]['state'], stateText: string, text: string) =>
    card([{ id: 'cas_1', what: 'a cancellation', state, stateText, text, decidedBy: null }])

  test('W23: is confirmed by a button, and its card says requested before approval and done after', async () => {
    const yes = 'Yes, ask for it'
    const options = [yes, 'No, leave it as it is'].map((words) => ({ label: words, value: words }))
    const told = { route: 'order' as const }
    bench.api.agent.does(({ text }) =>
      text === 'Cancel my order'
        ? agentAnswer({
            ...told,
            outcome: 'clarify',
            text: 'Order LH-100670 will be cancelled.',
            options,
            orders: [card([])],
          })
        : text === yes
          ? agentAnswer({
              ...told,
              text: 'Requested.',
              orders: [request('requested', 'requested, not done yet', 'A person decides.')],
            })
          : agentAnswer({
              ...told,
              text: 'Done.',
              orders: [request('done', 'done', 'The order was cancelled (receipt CX-1).')],
            }),
    )
    const page = await opened()
    const offered = await answered(page, 'Cancel my order')
    expect(await offered.locator('.cases').count()).toBe(0)
    await offered.getByRole('button', { name: yes }).click()
    const requested = logOf(page).locator('purser-answer').last().locator('.cases li')
    await requested.getByText('requested, not done yet').waitFor()
    expect(await requested.innerText()).not.toContain('receipt')
    const done = await answered(page, 'Where is my order?')
    expect(await done.locator('.cases li').innerText()).toContain('receipt CX-1')
    expect(await done.locator('.cases li').getAttribute('data-state')).toBe('done')
  })
})
