import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserBench, DESKTOP, describeInBrowser } from './browser.ts'
import { shopPage } from './host-page.ts'
import { type WidgetBench, widgetBench } from './widget-bench.ts'
import { ask, launcherOf, openPanel } from './widget-page.ts'

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
    ['en-GB', /^\d\d:\d\d$/],
    ['en-US', /^\d{1,2}:\d\d\s[AP]M$/],
  ])('W45 in an English page, times are written as a reader of %s writes them', async (locale, form) => {
    const { page } = await browser.visit(bench.pageUrl, { locale })
    await openPanel(page)
    await ask(page, 'How long do I have to return an item?')
    const time = page.locator('purser-widget [data-kind="shopper"] time').first()
    await expect.poll(() => time.innerText()).toMatch(form)
  })
})
