// `npm run pictures`: the product as it looks, into docs/pictures/. Starts an instance of its own with the demo shop.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startPurser } from '#app/embedded.ts'
import { readConfig } from '#config.ts'
import { DESKTOP, launchBrowser, PHONE } from '../browser.ts'
import { ask, inputOf, linesOf, openPanel } from '../widget-page.ts'

const OUT = resolve(import.meta.dirname, '../../../docs/pictures')
const WITHIN_MS = 15_000
const { signal } = new AbortController()

const folder = await mkdtemp(join(tmpdir(), 'purser-pictures-'))
const purser = await startPurser(
  readConfig({ PORT: '0', PURSER_DATA: folder, PURSER_LOG_LEVEL: 'silent', PURSER_RATE_LIMITS: '0' }),
  signal,
)
const browser = await launchBrowser()
try {
  await picture('desktop', {}, '/demo/p/brewick-dawn', async (page) => {
    await openPanel(page)
    await answered(page, 'How long do I have to return headphones?')
    await page.locator('purser-widget [part~="citation"], purser-widget .cite').first().click()
  })
  await picture(
    'phone',
    { viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    '/demo',
    async (page) => {
      await openPanel(page)
      await answered(page, 'How heavy is the Brewick Dawn?')
    },
  )
  await picture('dark', { colorScheme: 'dark' }, '/demo/account', async (page) => {
    await page
      .getByRole('button', { name: /^Sign in as/ })
      .first()
      .click()
    await openPanel(page)
    await answered(page, 'Where is my order?')
  })
  await picture('arabic', { locale: 'ar' }, '/demo', async (page) => {
    await page.locator('purser-widget').evaluate((widget) => widget.setAttribute('locale', 'ar'))
    await openPanel(page)
    await answered(page, 'How long do I have to return headphones?')
  })
  await picture('forced-colours', { forcedColors: 'active' }, '/demo', async (page) => {
    await openPanel(page)
    await answered(page, 'What payment methods do you accept?')
  })
  await picture('failure', {}, '/demo', async (page) => {
    await openPanel(page)
    await page.route('**/messages', (route) => route.fulfill({ status: 503, body: '{}' }))
    await ask(page, 'How long do I have to return headphones?')
    await page.locator('purser-widget [part~="banner"]').getByRole('button').first().waitFor({ timeout: WITHIN_MS })
  })
  await picture('handoff', {}, '/demo', async (page) => {
    await openPanel(page)
    await answered(page, 'do you ship to the moon')
  })
  await deskPicture()
} finally {
  await browser.close()
  await purser.close(signal)
  await rm(folder, { recursive: true, force: true })
}

async function picture(
  name: string,
  options: BrowserContextOptions,
  path: string,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', locale: 'en-GB', ...options })
  const page = await context.newPage()
  await page.goto(purser.url + path)
  await prepare(page)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(OUT, `${name}.png`) })
  await context.close()
}

/** The desk with the hand-over that the picture before made. */
async function deskPicture(): Promise<void> {
  await picture('desk', {}, '/demo', async (page) => {
    await page.goto((await purser.ownerLink(signal)) ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page
      .getByText(/ship to the moon/i)
      .first()
      .click()
    await page.getByRole('button', { name: /claim/i }).first().waitFor({ timeout: WITHIN_MS })
  })
}

async function answered(page: Page, question: string): Promise<void> {
  await ask(page, question)
  await page
    .locator('purser-widget [data-kind="assistant"] [data-state="done"], purser-widget [data-kind="handoff"]')
    .last()
    .waitFor({ timeout: WITHIN_MS })
  await inputOf(page).waitFor()
  if ((await linesOf(page)).length < 2) throw new Error(`no answer to “${question}” in the picture`)
}
