import { resolve } from 'node:path'
import { build } from 'esbuild'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterEach } from 'vitest'
import { browserBench, DESKTOP, describeInBrowser, type Visit as Opened, PHONE } from '../browser.ts'

export { DESKTOP, describeInBrowser, PHONE }

export type Shown = {
  page: Page
  panel: Locator
  errors: string[]
  /** Says that the test has seen enough of this one; the end of the test says so of all. */
  done(): void
}
type Looks = { locale?: string; theme?: 'light' | 'dark' | 'auto'; launcher?: string }
type Visit = BrowserContextOptions & { looks?: Looks; html?: string }

const PAGE =
  '<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1><p><a id="before" href="#a">Before</a></p></main>'

/**
 * Panels in the states of the gallery, without a server: what is drawn is all there is. One browser a file, and one page for
 * each kind of visit: a panel there has no storage, so a new document in a page that was used before is as good as a new page
 * and takes a quarter of the work.
 */
export function galleryBench() {
  const browser = browserBench({ keepsPages: true })
  const free = new Map<string, Opened[]>()
  let inUse: (() => void)[] = []
  let script: Promise<string> | null = null
  afterEach(() => {
    for (const done of inUse) done()
    inUse = []
  })
  return async function show(state: string, { looks = {}, html = PAGE, ...options }: Visit = {}): Promise<Shown> {
    script ??= bundle()
    const kind = JSON.stringify(options)
    const { opened, done } = await taken(kind, options)
    inUse.push(done)
    const { page, errors } = opened
    await page.setContent(html)
    await page.addScriptTag({ content: await script })
    await page.evaluate(([name, look]) => void window.showState(name, look), [state, looks] as const)
    const panel = page.locator('purser-panel')
    await panel.locator('.panel').waitFor()
    // The parts that are fetched later, the language and the correction of colours have come once the browser is idle.
    await page.evaluate(() => new Promise((idle) => requestIdleCallback(() => requestAnimationFrame(idle))))
    return { page, panel, errors, done }
  }

  /** An empty page of this kind, and what gives it back. */
  async function taken(kind: string, options: BrowserContextOptions): Promise<{ opened: Opened; done(): void }> {
    const used = free.get(kind)?.pop()
    const opened = used ?? (await browser.visit('about:blank', { timezoneId: 'Europe/Berlin', ...options }))
    if (used) await emptied(used, options.viewport ?? DESKTOP)
    let isTaken = true
    return {
      opened,
      done() {
        if (isTaken) free.set(kind, [...(free.get(kind) ?? []), opened])
        isTaken = false
      },
    }
  }
}

/** Gives a page a new document, its size and a pointer that is nowhere. */
async function emptied({ page, errors }: Opened, size: { width: number; height: number }): Promise<void> {
  await page.mouse.move(-1, -1)
  await page.goto('about:blank')
  await page.setViewportSize(size)
  errors.length = 0
}

/** What the shopper made the conversation do, oldest first. */
export function calls(page: Page): Promise<[method: string, ...given: unknown[]][]> {
  return page.evaluate(() => window.gallery.chat.calls)
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, 'gallery.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
    define: { GALLERY_SHEET: await sheet('panel.css'), GALLERY_LATER_SHEET: await sheet('later.css') },
  })
  return outputFiles[0]?.text ?? ''
}

/** A style sheet of the widget, as a literal. */
async function sheet(name: string): Promise<string> {
  const entry = resolve(import.meta.dirname, '../../../web/widget/styles', name)
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, logLevel: 'silent' })
  return JSON.stringify(outputFiles[0]?.text ?? '')
}
