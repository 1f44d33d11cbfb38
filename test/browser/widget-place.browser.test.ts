import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserBench, DESKTOP, describeInBrowser } from './browser.ts'
import { shopPage } from './host-page.ts'
import { type WidgetBench, widgetBench } from './widget-bench.ts'
import { ask, launcherOf, logOf, openPanel, saidIn } from './widget-page.ts'

let bench: WidgetBench
beforeAll(async () => {
  bench = await widgetBench()
})
afterAll(() => bench?.close())
const browser = browserBench()

describeInBrowser('where the widget floats', () => {
  test.each([
    ['a page from left to right', 'ltr', 'en', 'right'],
    ['Arabic texts in a page from left to right', 'ltr', 'ar', 'right'],
    ['a page from right to left', 'rtl', 'ar', 'left'],
    ['English texts in a page from right to left', 'rtl', 'en', 'left'],
  ])('W45 button and panel stand at one edge: %s', async (name, direction, locale, side) => {
    const html = shopPage(bench.script, bench.publicKey, `data-locale="${locale}"`)
    const path = `/${direction}-${locale}`
    const { page } = await browser.visit(bench.page(path, html.replace('<html ', `<html dir="${direction}" `)))
    await openPanel(page)
    for (const part of [launcherOf(page), page.locator('purser-widget [role="dialog"]')]) {
      const box = await part.boundingBox()
      expect(box, name).not.toBeNull()
      const middle = (box?.x ?? 0) + (box?.width ?? 0) / 2
      expect(middle > DESKTOP.width / 2 ? 'right' : 'left').toBe(side)
    }
  })

  test.each([
    // Before ten in the morning the hour has one digit or two, as the browser's data of the language have it.
    ['en-GB', /^\d{1,2}:\d\d$/],
    ['en-US', /^\d{1,2}:\d\d\s[AP]M$/],
  ])('W45 in an English page, times are written as a reader of %s writes them', async (locale, form) => {
    const { page } = await browser.visit(bench.pageUrl, { locale })
    await openPanel(page)
    await ask(page, 'How long do I have to return an item?')
    const time = page.locator('purser-widget [data-kind="shopper"] time').first()
    await expect.poll(() => time.innerText()).toMatch(form)
  })

  test.each([
    ['a root font of 62.5 %', 'html { font-size: 62.5% }'],
    ['a root font of 24 px', 'html { font-size: 24px }'],
    ['a bar of the shop along the lower edge', 'body { --purser-inset-block: 64px }'],
  ])('W47 panel and button do not overlap: %s', async (name, style) => {
    const html = shopPage(bench.script, bench.publicKey).replace('</head>', `<style>${style}</style></head>`)
    const { page } = await browser.visit(bench.page(`/${encodeURIComponent(name)}`, html))
    await openPanel(page)
    const [button, panel] = await Promise.all(
      [launcherOf(page), page.locator('purser-widget [role="dialog"]')].map((part) => part.boundingBox()),
    )
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0)
    const inset = style.includes('inset-block') ? 64 : 20
    expect(DESKTOP.height - (button?.y ?? 0) - (button?.height ?? 0)).toBe(inset)
  })

  const answered = (page: Page) => logOf(page).getByText('You asked').first().waitFor()

  test('W8 a page that takes the element out and puts it in again finds the chat open as it was', async () => {
    const html = shopPage(
      bench.script,
      '',
      '',
      `<main><purser-widget purser-key="${bench.publicKey}"></purser-widget></main>`,
    )
    const { page } = await browser.visit(bench.page('/routes', html))
    await openPanel(page)
    await ask(page, 'How long do I have to return an item?')
    await answered(page)
    const said = await saidIn(page)
    const route = (key: string) =>
      page.evaluate(async (key) => {
        document.querySelector('main')?.replaceChildren()
        await Promise.resolve()
        const made = document.createElement('purser-widget')
        made.setAttribute('purser-key', key)
        document.querySelector('main')?.append(made)
      }, key)
    await route(bench.publicKey)
    await answered(page)
    expect(await saidIn(page)).toEqual(said)
    await page.locator('purser-widget [part~="close"]').click()
    await route(bench.publicKey)
    await expect.poll(() => launcherOf(page).getAttribute('aria-expanded')).toBe('false')
  })
})
