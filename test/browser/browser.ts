import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe } from 'vitest'

/** Where Debian, other Linux distributions and macOS keep a browser of the Chromium family. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
/** No sandbox, since CI runs as root; no shared memory, which containers give little of; nobody to talk to but the pages under test. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
export const DESKTOP = { width: 1280, height: 800 }
export const PHONE = { width: 360, height: 640 }

const executable = PLACES.find((place) => existsSync(place))

/** `describe`, for what only a real browser shows; its tests are skipped with the reason where there is none. */
export function describeInBrowser(name: string, tests: () => void): void {
  describe(name, () => {
    beforeEach(({ skip }) => skip(!executable, 'no Chromium on this machine (apt-get install chromium)'))
    tests()
  })
}

export type Visit = { page: Page /** What the page's console said as errors, and what it threw. */; errors: string[] }

/**
 * One browser for the tests of a file, closed after them. Every visit has a context of its own, so storage and cookies are
 * fresh, unless `in` names a page whose context it shares (a second tab). Pages are closed after the test that opened them,
 * since what nobody looks at any more goes on drawing and asking the server; `keepsPages` leaves that to the caller.
 */
export function browserBench({ keepsPages = false } = {}) {
  let browser: Promise<Browser> | null = null
  const contexts = new Set<BrowserContext>()
  afterEach(async () => {
    if (keepsPages) return
    await Promise.all([...contexts].map((context) => context.close()))
    contexts.clear()
  })
  afterAll(async () => {
    await (await browser)?.close()
  })
  return {
    async visit(url: string, options: BrowserContextOptions & { in?: Page } = {}): Promise<Visit> {
      const { in: neighbour, ...given } = options
      browser ??= launchBrowser()
      const context = neighbour
        ? neighbour.context()
        : await (await browser).newContext({ viewport: DESKTOP, reducedMotion: 'reduce', locale: 'en-GB', ...given })
      contexts.add(context)
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      const errors: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      page.on('pageerror', (error) => errors.push(String(error)))
      await page.goto(url)
      return { page, errors }
    },
  }
}

/** A browser of this machine. Throws when there is none. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executable ?? '', args: ARGUMENTS })
}
