import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { before, shopper } from './gallery/answers.ts'
import { calls, describeInBrowser, galleryBench, PHONE } from './gallery/gallery-bench.ts'

const show = galleryBench()

/** What has the focus, through every shadow root: its part, name or text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    return (
      active?.getAttribute('part') ||
      active?.getAttribute('aria-label') ||
      active?.id ||
      active?.className ||
      active?.tagName ||
      ''
    )
  })
}

describeInBrowser('the keyboard', () => {
  test('W38 asks, opens a quote, closes it with Escape and comes back to where it was opened', async () => {
    const { page, panel } = await show('answered')
    await expect.poll(() => focused(page)).toBe('input')
    await page.keyboard.type('And gift cards?')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('Thanks')
    await page.keyboard.press('Enter')
    expect(await calls(page)).toContainEqual(['send', 'And gift cards?\nThanks'])
    await panel.locator('.source').first().focus()
    await page.keyboard.press('Enter')
    await panel.locator('.passage').waitFor()
    await page.keyboard.press('Escape')
    expect(await panel.locator('.passage').count()).toBe(0)
    expect(await focused(page)).toBe('source')
    expect(await page.evaluate(() => window.gallery.closed)).toBe(0)
  })

  test('W38 Escape closes the topmost layer, then the panel', async () => {
    const { page, panel } = await show('answered')
    await panel.locator('[part~=menu-button]').click()
    await panel.getByRole('menuitem').first().waitFor()
    await page.keyboard.press('ArrowDown')
    expect(
      await panel
        .getByRole('menuitem')
        .nth(1)
        .evaluate((item) => item.matches(':focus')),
    ).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('menu-button')
    await panel.locator('[part~=person-button]').click()
    await panel.locator('.sheet input').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('person-button')
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => window.gallery.closed)).toBe(1)
    expect(await panel.isVisible()).toBe(false)
  })

  test('W38 the focus stays in the conversation when what was pressed goes away', async () => {
    const { page, panel } = await show('clarify')
    await panel.locator('[part~=option]').first().focus()
    await page.keyboard.press('Enter')
    expect(await calls(page)).toContainEqual(['send', 'Brewick Dawn'])
    const entry = shopper('s2', 'Brewick Dawn', 0)
    await page.evaluate(
      (line) => {
        const { chat } = window.gallery
        chat.put({ busy: true, entries: [...chat.state.entries, { ...line, at: new Date(line.at) } as never] })
      },
      { ...entry, at: before(0).toISOString() },
    )
    await expect.poll(() => focused(page)).toBe('input')
  })

  test('W38 Enter that ends a composition sends nothing', async () => {
    const { page, panel } = await show('welcome')
    const input = panel.locator('textarea')
    await input.fill('に')
    await input.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
    await input.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })
    expect((await calls(page)).filter(([method]) => method === 'send')).toEqual([])
  })

  test('W39 leaves the panel on a desktop and goes round in it on a phone', async () => {
    const desktop = await show('welcome')
    expect(await desktop.panel.locator('.panel').getAttribute('aria-modal')).toBeNull()
    for (let presses = 0; presses < 12 && (await focused(desktop.page)) !== 'before'; presses++)
      await desktop.page.keyboard.press('Tab')
    expect(await focused(desktop.page)).toBe('before')
    const phone = await show('welcome', { viewport: PHONE })
    expect(await phone.panel.locator('.panel').getAttribute('aria-modal')).toBe('true')
    const seen = new Set<string>()
    for (let presses = 0; presses < 24; presses++) {
      await phone.page.keyboard.press('Tab')
      seen.add(await focused(phone.page))
    }
    expect([...seen]).toEqual(expect.arrayContaining(['close', 'person-button', 'input', 'send']))
    expect([...seen].filter((name) => ['before', 'BODY', ''].includes(name))).toEqual([])
  })

  test('W39 a sheet keeps the focus until it is dismissed', async () => {
    const { page, panel } = await show('answered')
    await panel.locator('[part~=person-button]').click()
    await panel.locator('.sheet input').waitFor()
    for (let presses = 0; presses < 6; presses++) await page.keyboard.press('Tab')
    expect(await panel.locator('.sheet :focus').count()).toBe(1)
    expect(await panel.locator('.behind').getAttribute('inert')).not.toBeNull()
  })

  test('W43 the panel does not hide what has the focus in the page', async () => {
    const html =
      '<!doctype html><title>Shop</title><main><h1>Shop</h1><button id="under">Under</button></main><style>#under{position:fixed;right:200px;bottom:300px}</style>'
    const { page, panel } = await show('welcome', { html })
    await page.locator('#under').focus()
    expect(Number(await panel.evaluate((element) => getComputedStyle(element).opacity))).toBeLessThan(0.2)
    await panel.locator('textarea').focus()
    expect(await panel.evaluate((element) => getComputedStyle(element).opacity)).toBe('1')
  })

  test('W43 what has the focus is never under the input bar', async () => {
    const { page, panel } = await show('answered', { viewport: PHONE })
    await panel.locator('.log').focus()
    for (const target of await panel.locator('.log').locator('button, a').all()) {
      await target.focus()
      const [box, foot, log] = await Promise.all([
        target.boundingBox(),
        panel.locator('.foot').boundingBox(),
        panel.locator('.log').boundingBox(),
      ])
      expect(box && foot && box.y + box.height).toBeLessThanOrEqual((foot?.y ?? 0) + 1)
      expect(box?.y ?? 0).toBeGreaterThanOrEqual((log?.y ?? 0) - 1)
    }
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  })
})

describeInBrowser('what a screen reader hears', () => {
  test('W40 is that an answer began and the answer, once each', async () => {
    const { page, panel } = await show('streaming')
    const heard = await page.evaluate(async () => {
      const root = document.querySelector('purser-gallery')?.shadowRoot?.querySelector('purser-panel')?.shadowRoot
      const region = root?.querySelector('[role=status]')
      const said: string[] = []
      if (region)
        new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
          characterData: true,
          childList: true,
          subtree: true,
        })
      const { chat } = window.gallery
      const line = chat.state.entries.at(-1)
      const frame = () => new Promise((next) => requestAnimationFrame(next))
      const put = async (change: object) => {
        chat.put({ entries: [...chat.state.entries.slice(0, -1), { ...line, ...change } as never] })
        await frame()
      }
      await put({ state: 'working', text: '' })
      await put({ state: 'working', text: '', stages: ['understanding', 'searching'] })
      await put({ state: 'streaming', text: 'One.' })
      await put({ state: 'streaming', text: 'One. Two.' })
      await put({ state: 'done', text: 'One. Two. Three.' })
      return said
    })
    expect(heard).toEqual(['The assistant is answering.', 'The assistant answered: One. Two. Three.'])
    expect(await panel.getByRole('log', { name: 'Conversation' }).getAttribute('aria-live')).toBe('off')
    expect(await panel.locator('[aria-live=polite]').count()).toBe(1)
  })

  test('W41 errors are announced at once and tied to what they are about', async () => {
    const { page, panel } = await show('proof')
    await panel.getByRole('button', { name: 'Send the code' }).click()
    const number = panel.getByLabel('Order number')
    await expect.poll(() => number.getAttribute('aria-invalid')).toBe('true')
    const described = await number.getAttribute('aria-describedby')
    expect(await panel.locator(`[id="${described}"][role=alert]`).innerText()).toBe('Please enter the order number.')
    expect(await number.evaluate((field) => field.matches(':focus'))).toBe(true)
    await number.fill('LH-10023')
    await panel.getByLabel('E-mail used for the order').fill('mara@example.com')
    await page.keyboard.press('Enter')
    const code = panel.locator('[autocomplete=one-time-code]')
    await code.waitFor()
    // What follows a change of the conversation has had its turns.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect(await code.evaluate((field) => field.matches(':focus'))).toBe(true)
    expect(await calls(page)).toContainEqual(['proveOrder', { orderNumber: 'LH-10023', email: 'mara@example.com' }])
    expect(await panel.locator('textarea').getAttribute('aria-describedby')).toContain('purser-alert')
  })

  test('W34 a countdown moves for the eye and is said once', async () => {
    const { page, panel } = await show('rate_limited')
    const banner = panel.locator('[role=alert][data-what=rate_limited]')
    expect(await banner.locator('[aria-hidden] >> text=30 seconds').count()).toBe(1)
    const said = await banner.locator('.unseen').innerText()
    await page.evaluate(() => window.gallery.tick(1_000))
    await expect.poll(() => banner.innerText()).toContain('29 seconds')
    expect(await banner.locator('.unseen').innerText()).toBe(said)
    expect(await panel.locator('.send').getAttribute('aria-disabled')).toBe('true')
  })
})
