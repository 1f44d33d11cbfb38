import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Citation } from '#domain/answer.ts'
import { moneyText } from '#domain/money.ts'
import { browserBench, describeInBrowser } from './browser.ts'
import { answerTold, type ProductBench, productBench } from './product-bench.ts'
import { ask, inputOf, linesOf, logOf, openPanel } from './widget-page.ts'

let product: ProductBench
beforeAll(async () => {
  product = await productBench()
}, 120_000)
afterAll(() => product?.close())
const browser = browserBench()

async function opened(locale = 'en-GB'): Promise<Page> {
  const { page } = await browser.visit(product.shopUrl, { locale })
  await openPanel(page)
  return page
}

const widget = (page: Page) => page.locator('purser-widget')
const button = (within: Page | Locator, name: string | RegExp) =>
  ('url' in within ? widget(within) : within).getByRole('button', { name })
const answers = (page: Page) => logOf(page).locator('purser-answer')
/** Asks, and waits until the answer is complete; the newest answer and what the server sent for it. */
async function asked(page: Page, question: string) {
  const before = await answers(page).count()
  const told = await answerTold(page, () => ask(page, question))
  const line = answers(page).nth(before)
  await line.locator('article[data-state="done"]').waitFor()
  return { line, ...told }
}
const FERRY = 'faq/browser-ferry'
const FERRY_QUESTION = 'When does the tern ferry leave?'
const ferry = (text: string) => ({
  kind: 'faq' as const,
  locale: 'en',
  title: FERRY_QUESTION,
  text,
  url: 'https://larkhaven.example.com/help/tern-ferry',
  updatedAt: '2026-05-04T08:00:00.000Z',
})

describeInBrowser('before anything was asked', () => {
  test('W9 says that it is automated, what it can do and how to reach a person', async () => {
    const page = await opened()
    const tree = await widget(page).ariaSnapshot()
    for (const words of [
      'I’m an automated assistant of Larkhaven, not a person.',
      'I answer from the shop’s own pages and show you where it says so.',
      'Prefer a person? “Talk to a person” stays at the top at all times.',
    ])
      expect(tree).toContain(words)
    expect(tree).toContain('button "Talk to a person"')
    expect(await linesOf(page)).toEqual([])
  })
})

describeInBrowser('an answer from a page of the shop', () => {
  test('W14 opens the quoted passage with its title, date and link', async () => {
    await product.put(FERRY, ferry('The tern ferry leaves at 07:15. Bring your ticket on paper.'))
    const page = await opened()
    const { line, answer } = await asked(page, FERRY_QUESTION)
    const [citation] = answer.citations
    expect(citation?.documentId).toBe(FERRY)
    expect(await line.locator('blockquote').count()).toBe(0)
    await button(line, `Source 1: ${FERRY_QUESTION}`).click()
    const passage = line.locator('[part~="passage"]')
    const quote = await passage.locator('blockquote').innerText()
    expect(quote).toContain('07:15')
    expect(await product.passage(citation as Citation)).toContain(quote)
    expect(await passage.locator('cite').innerText()).toBe(FERRY_QUESTION)
    expect(await passage.locator('time').getAttribute('datetime')).toBe('2026-05-04T08:00:00.000Z')
    expect(await passage.locator('time').getAttribute('title')).toContain('4 May 2026')
    const link = passage.getByRole('link', { name: 'Open the page' })
    expect(await link.evaluate((found) => (found as HTMLAnchorElement).href)).toBe(`${product.shopUrl}/help/tern-ferry`)
  })

  test('W15 says of an older answer that its page has changed, and then that it is gone', async () => {
    await product.put(FERRY, ferry('The tern ferry leaves at 07:15.'))
    const page = await opened()
    await asked(page, FERRY_QUESTION)
    const again = async () => {
      await page.reload()
      await inputOf(page).waitFor()
      const line = answers(page).first()
      await line.locator('.source[data-index="0"]').click()
      return line.locator('[part~="passage"]')
    }
    await product.put(FERRY, ferry('The tern ferry leaves at 08:40.'))
    const changed = await again()
    expect(await changed.innerText()).toContain('This page has changed since the answer.')
    expect(await changed.locator('blockquote').innerText()).toContain('07:15')
    expect((await asked(page, FERRY_QUESTION)).answer.text).toContain('08:40')
    await product.remove(FERRY)
    const gone = await again()
    expect(await gone.innerText()).toContain('No longer published.')
    expect(await gone.getByRole('link').count()).toBe(0)
    const { answer } = await asked(page, FERRY_QUESTION)
    expect(answer.citations.map(({ documentId }) => documentId)).not.toContain(FERRY)
  })

  test('W46 is in the language of the question, and so is its quote', async () => {
    const page = await opened()
    const { line, answer } = await asked(page, 'Wie lange kann ich Kopfhörer zurückgeben?')
    expect(answer.outcome).toBe('answered')
    expect(await line.locator('[part~="message-assistant"]').getAttribute('lang')).toBe('de')
    await line.locator('.source').first().click()
    expect(await line.locator('blockquote').getAttribute('lang')).toBe('de')
    expect(await widget(page).locator('[part~="panel"]').getAttribute('lang')).toBe('en-GB')
  })
})

describeInBrowser('products', () => {
  const QUESTION = 'How much is the Brewick Dawn filter coffee machine?'

  test('W17 W16 shows what the catalog says, also after its price changed', async () => {
    const page = await opened()
    const record = await product.document('product/brewick-dawn')
    const card = (await asked(page, QUESTION)).line.locator('.product')
    expect(await card.count()).toBe(1)
    expect(await card.getByRole('heading').innerText()).toBe(record.title)
    expect(await card.locator('.price').innerText()).toBe(moneyText(record.price ?? { amount: 0, currency: '' }, 'en'))
    expect(await card.locator('.stock').getAttribute('data-stock')).toBe(record.availability)
    expect(await card.locator('.as-of').innerText()).toMatch(/^as of /)
    const href = (await card.getByRole('link').getAttribute('href')) ?? ''
    expect(new URL(href, page.url()).href).toBe(record.url?.replace('https://larkhaven.example.com', product.shopUrl))
    const image = card.getByRole('img', { name: record.image?.alt ?? 'no image' })
    await expect.poll(() => image.evaluate((found) => (found as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)

    const { source, version, contentHash, storedAt, retiredAt, versions, ...sent } = record as typeof record &
      Record<string, unknown>
    await product.put('product/brewick-dawn', { ...sent, price: { amount: 15_437, currency: 'EUR' } })
    const after = await asked(page, QUESTION)
    expect(after.answer.text).toContain('154.37')
    expect(await after.line.locator('.price').innerText()).toBe('€154.37')
    await product.put('product/brewick-dawn', sent)
  })

  test('W20 are asked back about once, with choices to tap, and a tapped one is answered', async () => {
    const page = await opened()
    const { line, answer } = await asked(page, 'How much do the Mudflat wellingtons cost?')
    expect(answer.outcome).toBe('clarify')
    const choices = line.getByRole('group', { name: 'Which one do you mean?' }).getByRole('button')
    const labels = await choices.allInnerTexts()
    expect(labels).toEqual(answer.options.map(({ label }) => label))
    expect(labels.length).toBeGreaterThan(1)
    const chosen = await answerTold(page, () => choices.nth(1).click())
    expect(chosen.answer).toMatchObject({ outcome: 'answered', products: [{ title: labels[1] }] })
    await answers(page)
      .nth(1)
      .locator('.product')
      .getByText(labels[1] ?? '')
      .waitFor()
    expect(await choices.count()).toBe(0)
  })
})

type OrderRow = { id: string; status: string; customer: { id: string }; lines: { name: string; qty: number }[] } & {
  shipments: { carrier: string; tracking: string }[]
}
async function demoOrder(status: string): Promise<OrderRow & { email: string }> {
  const rows = async (name: string) =>
    (await readFile(new URL(`../../demo/shop/${name}.jsonl`, import.meta.url), 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map((row) => JSON.parse(row))
  const order = (await rows('orders')).find((row: OrderRow) => row.status === status) as OrderRow
  const customer = (await rows('customers')).find(({ id }: { id: string }) => id === order.customer.id)
  return { ...order, email: customer.email }
}

async function isShown(card: Locator, order: OrderRow): Promise<void> {
  expect(await card.getByRole('heading').innerText()).toBe(`Order ${order.id}`)
  expect(await card.getByRole('listitem').allInnerTexts()).toEqual(
    order.lines.map(({ qty, name }) => `${qty} × ${name}`),
  )
  expect(await card.innerText()).toContain(order.shipments[0]?.tracking ?? 'no parcel')
}

describeInBrowser('orders', () => {
  test('W18 W19 are shown after number, e-mail and the code from the e-mail, and not a word of them before', async () => {
    const order = await demoOrder('shipped')
    const page = await opened()
    const { line, answer, body } = await asked(page, `Where is my order ${order.id}?`)
    expect(answer).toMatchObject({ needs: 'order_proof', orders: [], receipts: [] })
    const secrets = [
      order.email,
      order.customer.id,
      order.shipments[0]?.tracking,
      ...order.lines.map(({ name }) => name),
    ]
    for (const secret of secrets) expect(body.toLowerCase()).not.toContain(secret?.toLowerCase())
    expect(await line.locator('.order').count()).toBe(0)

    await widget(page).getByLabel('Order number').fill(order.id.toLowerCase())
    await widget(page).getByLabel('E-mail used for the order').fill(order.email.toUpperCase())
    await button(page, 'Send the code').click()
    const field = widget(page).getByLabel('Six-digit code')
    await field.waitFor()
    const code = await product.codeFor(order.email)
    await field.fill(code === '000000' ? '111111' : '000000')
    await button(page, 'Confirm').click()
    await widget(page).getByRole('alert').filter({ hasText: 'That code isn’t right.' }).waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    await field.fill(code)
    const shown = await answerTold(page, () => button(page, 'Confirm').click())
    const card = answers(page).nth(1).locator('.order')
    await card.waitFor()
    await isShown(card, order)
    const [told] = shown.answer.orders
    expect(await card.locator('.status').innerText()).toBe(told?.statusText)
    const times = await card.locator('time').evaluateAll((found) => found.map((one) => one.getAttribute('datetime')))
    expect(times.map((at) => new Date(at ?? '').getTime())).toEqual(
      [told?.nextExpected?.by, told?.lastEvent?.at, told?.asOf].map((at) => new Date(at ?? '').getTime()),
    )
    expect(await card.innerText()).toContain(told?.nextExpected?.what)
    expect(await card.innerText()).toContain(told?.lastEvent?.description)
    await widget(page).getByText(`Order ${order.id} is unlocked for this conversation.`).waitFor()
  })

  test('W19 tell nobody whether a number and an address belong together', async () => {
    const page = await opened()
    await asked(page, 'Where is my order?')
    await widget(page).getByLabel('Order number').fill('LH-000000')
    await widget(page).getByLabel('E-mail used for the order').fill('nobody@example.com')
    await button(page, 'Send the code').click()
    await widget(page).getByText('If the number and the address belong together').waitFor()
  })

  test('W18 of a signed-in customer are shown at once', async () => {
    const { page } = await browser.visit(`${product.shopUrl}/account`)
    await page.getByRole('button', { name: 'Sign in as' }).first().click()
    const id = await page.locator('.orders strong').first().innerText()
    await openPanel(page)
    const { line, answer } = await asked(page, `Where is my order ${id}?`)
    expect(answer).toMatchObject({ needs: null, orders: [{ orderId: id }] })
    expect(await line.locator('.order').getByRole('heading').innerText()).toBe(`Order ${id}`)
  })
})

describeInBrowser('what the shop’s pages do not answer', () => {
  test('W21 is said so in the first sentence, with pages near to it and the way to a person', async () => {
    const page = await opened()
    const { line, answer } = await asked(page, 'Can I pay with seashells?')
    expect(await line.locator('[part~="message-assistant"]').innerText()).toMatch(/^I do not know/)
    const related = line.getByRole('region', { name: 'Related pages' }).getByRole('link')
    expect(await related.locator('.title').allInnerTexts()).toEqual(answer.related.map(({ title }) => title))
    expect(await related.count()).toBeGreaterThan(0)
    expect(await line.locator('.product, .order, .passage').count()).toBe(0)
    expect(await button(page, 'Talk to a person').isEnabled()).toBe(true)
    await logOf(page).getByText('A person has been asked, and your request is recorded.').waitFor()
  })

  test('W22 since two pages contradict each other goes to a person, with both pages', async () => {
    const trial = (title: string, days: number) => ({
      kind: 'policy' as const,
      locale: 'en',
      title,
      text: `# ${title}\n\nYou can try riding gloves at home for ${days} days.`,
    })
    await product.put('policies/browser-gloves-a', trial('Trial of riding gloves', 20))
    await product.put('policies/browser-gloves-b', trial('Riding gloves on trial', 45))
    const page = await opened()
    const { line } = await asked(page, 'How many days can I try riding gloves at home?')
    expect(await line.locator('[part~="message-assistant"]').innerText()).not.toMatch(/\d/)
    const related = line.getByRole('region', { name: 'Related pages' }).getByRole('listitem')
    expect((await related.allInnerTexts()).map((text) => text.trim())).toEqual(
      expect.arrayContaining(['Trial of riding gloves', 'Riding gloves on trial']),
    )
    await logOf(page).getByText('A person has been asked').waitFor()
  })
})

describeInBrowser('an answer can be', () => {
  test('W35 rated, with a reason, and otherwise later; it survives a reload and reaches the evaluation', async () => {
    await product.put(FERRY, ferry('The tern ferry leaves at 07:15.'))
    const page = await opened()
    const { answer } = await asked(page, FERRY_QUESTION)
    const rating = async () => {
      const reply = await product.admin('GET', '/v1/feedback')
      return (reply.json as { items: { messageId: string; reason: string | null }[] }).items.filter(
        ({ messageId }) => messageId === answer.id,
      )
    }
    const group = answers(page).first().getByRole('region', { name: 'Did this help?' })
    const pressed = () =>
      group
        .locator('[aria-pressed="true"]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim()))
    await button(group, 'Yes, this helped').click()
    await button(group, 'This solved it').click()
    await expect.poll(rating).toMatchObject([{ helpful: true, reason: 'solved' }])
    await button(group, 'No, this didn’t help').click()
    await button(group, 'Out of date').click()
    await expect.poll(async () => (await rating())[0]?.reason).toBe('outdated')
    await page.reload()
    await inputOf(page).waitFor()
    await expect.poll(pressed).toEqual(['No, this didn’t help', 'Out of date'])
    await button(group, 'Something else').click()
    await group.getByRole('textbox').fill('The timetable of last year.')
    await button(group, 'Send feedback').click()
    await expect.poll(rating).toMatchObject([
      {
        helpful: false,
        reason: 'other',
        comment: 'The timetable of last year.',
        question: { text: FERRY_QUESTION },
        answer: { by: 'assistant', text: answer.text },
        citations: [{ documentId: FERRY }],
        versions: { pipeline: expect.any(String), weights: expect.any(String) },
      },
    ])
  })

  test('W36 copied and saved as text and as a page that needs nothing else', async () => {
    await product.put(FERRY, ferry('The tern ferry leaves at 07:15. Bring <b>paper</b> & patience.'))
    const page = await opened()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const { answer } = await asked(page, FERRY_QUESTION)
    const products = await asked(page, 'How much is the Brewick Dawn filter coffee machine?')
    const choose = async (name: string) => {
      await button(page, 'More options').click()
      await widget(page).getByRole('menuitem', { name }).click()
    }
    const saved = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), choose(name)])
      return { name: download.suggestedFilename(), content: await readFile(await download.path(), 'utf8') }
    }
    const text = await saved('Download as text')
    expect(text.name).toBe('conversation.txt')
    const said = [FERRY_QUESTION, answer.text, products.answer.text]
    const quotes = [...answer.citations, ...products.answer.citations].map(({ quote }) => quote)
    for (const words of [...said, ...quotes]) expect(text.content).toContain(words)
    expect(text.content).toContain(`${product.shopUrl}/help/tern-ferry`)
    await choose('Copy as text')
    await widget(page).getByRole('status').filter({ hasText: 'Copied.' }).waitFor({ state: 'attached' })
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    for (const words of [...said, ...quotes]) expect(copied.replaceAll('\r\n', '\n')).toContain(words)

    const file = await saved('Download as HTML')
    expect(file.name).toBe('conversation.html')
    const reader = await page.context().newPage()
    const fetched: string[] = []
    reader.on('request', (request) => fetched.push(request.url()))
    await reader.setContent(file.content)
    expect(await reader.locator('script, img, link, iframe, object, style[src], [onload], [onerror]').count()).toBe(0)
    const shown = await reader.locator('body').innerText()
    for (const words of said) expect(shown).toContain(words)
    expect(await reader.locator('blockquote').allInnerTexts()).toEqual(quotes)
    expect(await reader.locator('article time').count()).toBe(4)
    expect(fetched).toEqual([])
  })
})
