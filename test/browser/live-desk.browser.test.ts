import { rm } from 'node:fs/promises'
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { demoFolder } from '../fixtures/demo-folder.ts'
import { callInstance } from '../fixtures/shopper.ts'
import { type ProductProcess, startProduct } from '../torture/product-process.ts'
import { browserBench, describeInBrowser } from './browser.ts'
import { ask, logOf, openPanel, saidIn } from './widget-page.ts'

/** A start after a crash on a busy machine, and the longest a page waits before it tries again. */
const WITHIN = { timeout: 60_000 }
const SETTINGS = { PURSER_LOG_LEVEL: 'silent' }

let folder: string
let product: ProductProcess
let keys: InstanceKeys
beforeAll(async () => {
  folder = await demoFolder('purser-live-')
  product = await startProduct(folder, SETTINGS)
  keys = (await readKeys(folder, new AbortController().signal)) as InstanceKeys
}, 120_000)
afterAll(async () => {
  await product?.kill('SIGTERM')
  await rm(folder, { recursive: true, force: true })
}, 30_000)
const browser = browserBench()

const crash = () => product.kill('SIGKILL')
/** Another process serves the same address. */
async function startAgain(): Promise<void> {
  product = await startProduct(folder, { ...SETTINGS, PORT: new URL(product.url).port })
}

type Shopper = { page: Page; question: string; said: string[] }

/** A shopper in a page of the demo shop, who was answered by the assistant and then asked for a person. */
async function shopper(path: string, question: string): Promise<Shopper> {
  const { page } = await browser.visit(product.url + path)
  await openPanel(page)
  await ask(page, question)
  await logOf(page).locator('purser-answer article[data-state="done"]').waitFor(WITHIN)
  await page.locator('purser-widget [part~="person-button"]').click()
  await page.locator('purser-widget [part~="ask-person"]').click()
  await logOf(page).locator('[part~="handoff"]').waitFor(WITHIN)
  return { page, question, said: await saidIn(page) }
}

/** The desk, opened through the link that the start printed. */
async function signedInDesk(): Promise<Page> {
  const link = /console +(\S+\/console\/sign-in#\S+)/.exec(product.log())?.[1]
  const { page } = await browser.visit(link ?? 'no link was printed')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('desk-queue .rows a').first().waitFor(WITHIN)
  return page
}

const row = (desk: Page, { question }: Shopper) => desk.locator('desk-queue .rows a').filter({ hasText: question })
const reply = (desk: Page) => desk.getByRole('textbox', { name: 'Your reply' })
const linesOnDesk = (desk: Page) => desk.locator('desk-transcript li .text').allInnerTexts()

async function open(desk: Page, shopper: Shopper): Promise<void> {
  await row(desk, shopper).click()
  await expect.poll(async () => (await linesOnDesk(desk))[0], WITHIN).toBe(shopper.question)
}

async function write(desk: Page, text: string): Promise<void> {
  await reply(desk).fill(text)
  await reply(desk).press('Enter')
}

/** The server does what the next such request wants, and the page never hears of it. */
async function loseAnswer(page: Page, path: string): Promise<void> {
  const lose = async (route: Route) => {
    await route.fetch()
    await route.abort('connectionreset')
  }
  await page.route(path, lose, { times: 1 })
}

async function isShownTo(shopper: Shopper, text: string): Promise<void> {
  await logOf(shopper.page).locator('[data-kind="person"]').getByText(text, { exact: true }).waitFor(WITHIN)
}

async function isShownOn(desk: Page, text: string): Promise<void> {
  await desk.locator('desk-transcript li:not(.outgoing)').getByText(text, { exact: true }).waitFor(WITHIN)
}

async function isSeenOn(desk: Page, text: string): Promise<void> {
  await desk.locator('desk-transcript li').filter({ hasText: text }).getByText('Seen', { exact: true }).waitFor(WITHIN)
}

/** Every line of the conversation as it is stored, without the answers that were left to the person. */
async function stored({ question }: Shopper): Promise<string[]> {
  const call = async (path: string) => (await callInstance(product.url, 'GET', path, { token: keys.adminKey })).json
  const { items } = (await call('/v1/handoffs')) as { items: { id: string; packet: { question: string | null } }[] }
  const found = items.find(({ packet }) => packet.question === question)
  const { messages } = (await call(`/v1/handoffs/${found?.id}`)) as { messages: { role: string; text: string }[] }
  return messages.filter(({ text }) => text !== '').map(({ role, text }) => `${role}: ${text}`)
}

describeInBrowser('two shoppers and a person, live', () => {
  test('W25 W27 W30 talk on although the server is killed twice; nothing is lost or doubled on any screen', async () => {
    const ada = await shopper('/demo', 'How long do I have to return headphones?')
    const max = await shopper('/demo/help/shipping', 'When is shipping free?')
    const desk = await signedInDesk()
    await expect.poll(() => desk.locator('desk-queue .rows a').count(), WITHIN).toBe(2)

    for (const known of [ada, max]) {
      const greeting = `Hello, about “${known.question}”`
      await open(desk, known)
      await desk.getByRole('button', { name: 'Claim', exact: true }).click()
      await known.page.locator('purser-widget [part~="strip"][data-who="person"]').waitFor(WITHIN)
      await write(desk, greeting)
      await isShownTo(known, greeting)
      await isSeenOn(desk, greeting)
      known.said.push(`person: ${greeting}`)
    }

    // Max’s conversation is open on the desk; Ada’s message is told in the list.
    await ask(max.page, 'To Austria, please.')
    await isShownOn(desk, 'To Austria, please.')
    await ask(ada.page, 'They crackle.')
    await row(desk, ada).getByText('New message').waitFor(WITHIN)

    // Stored, but told to nobody: both are tried again, and said once.
    await loseAnswer(max.page, '**/messages')
    await ask(max.page, 'And gift wrap?')
    await isShownOn(desk, 'And gift wrap?')
    await loseAnswer(desk, '**/reply')
    await write(desk, 'Gift wrap is free.')
    await isShownTo(max, 'Gift wrap is free.')
    await isShownOn(desk, 'Gift wrap is free.')

    // The server dies while all three are sending.
    await Promise.all([
      ask(ada.page, 'Since yesterday.'),
      ask(max.page, 'Or to Switzerland?'),
      write(desk, 'Both are fine.'),
      crash(),
    ])
    // And what is written while it is away waits.
    await ask(max.page, 'I mean Zürich.')
    await startAgain()
    await isShownTo(max, 'Both are fine.')
    await isShownOn(desk, 'I mean Zürich.')
    await write(desk, 'Zürich is fine too.')
    await isShownTo(max, 'Zürich is fine too.')
    await open(desk, ada)
    await isShownOn(desk, 'Since yesterday.')

    // Once more, between a message and its reply.
    await crash()
    await write(desk, 'Send them back, please.')
    await ask(ada.page, 'Are you there?')
    await startAgain()
    await isShownTo(ada, 'Send them back, please.')
    await isShownOn(desk, 'Are you there?')
    await write(desk, 'I am.')
    await isShownTo(ada, 'I am.')

    const expected = [
      [
        ada,
        'shopper: They crackle.',
        'shopper: Since yesterday.',
        'person: Send them back, please.',
        'shopper: Are you there?',
        'person: I am.',
      ],
      [
        max,
        'shopper: To Austria, please.',
        'shopper: And gift wrap?',
        'person: Gift wrap is free.',
        'shopper: Or to Switzerland?',
        'shopper: I mean Zürich.',
        'person: Both are fine.',
        'person: Zürich is fine too.',
      ],
    ] as const
    for (const [known, ...lines] of expected) {
      const kept = await stored(known)
      expect([...kept].sort()).toEqual([...known.said, ...lines].sort())
      const own = (role: string, all: readonly string[]) => all.filter((line) => line.startsWith(role))
      for (const role of ['shopper', 'person']) expect(own(role, kept)).toEqual(own(role, [...known.said, ...lines]))
      await expect.poll(() => saidIn(known.page), WITHIN).toEqual(kept)
      await open(desk, known)
      const spoken = kept.map((line) => line.slice(line.indexOf(': ') + 2))
      await expect.poll(() => linesOnDesk(desk), WITHIN).toEqual(spoken)
      expect(await desk.locator('desk-transcript li.outgoing').count()).toBe(0)
      await known.page.reload()
      await expect.poll(() => saidIn(known.page), WITHIN).toEqual(kept)
    }
  }, 300_000)
})
