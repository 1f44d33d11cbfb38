import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { browserBench, describeInBrowser, PHONE } from './browser.ts'
import { hostPages, shopPage } from './host-page.ts'
import { loaderBench } from './loader-bench.ts'

const KEY = 'pk_one'
let server: Awaited<ReturnType<typeof loaderBench>>
let shop: Awaited<ReturnType<typeof hostPages>>
let script = ''

describeInBrowser('the loader', () => {
  const browser = browserBench()
  beforeAll(async () => {
    server = await loaderBench()
    shop = await hostPages()
    script = `${server.origin}/widget.js`
  })
  afterAll(async () => {
    await shop?.close()
    await server?.close()
  })
  beforeEach(() => {
    server.breakParts(null)
    server.asked.length = 0
  })

  const launcher = (page: Page) => page.getByRole('button', { name: 'Chat with us' })
  const said = (page: Page) => page.evaluate(() => (window as unknown as { said?: unknown[][] }).said ?? [])
  const visit = (html: string, options: Parameters<typeof browser.visit>[1] & { policy?: string } = {}) => {
    const { policy, ...given } = options
    shop.put('/', { html, ...(policy ? { policy } : {}) })
    return browser.visit(`${shop.origin}/`, given)
  }
  const inPage = (html: string) =>
    `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,"></head>${html}</html>`
  const tag = (attributes = `data-purser-key="${KEY}"`) => `<script src="${script}" ${attributes} defer></script>`

  test('W1: one tag shows the button within two seconds and says nothing on the console', async () => {
    const { page, errors } = await visit(shopPage(script, KEY))
    await launcher(page).waitFor({ timeout: 2_000 })
    expect(errors).toEqual([])
  })

  test('W2: styles of the page change nothing inside, and nothing in the page but the element is added', async () => {
    const plain = await visit(shopPage(script, KEY))
    const hostile = await visit(
      shopPage(
        script,
        KEY,
        '',
        '<style>* { color: red !important; font-size: 3px !important; display: inline !important; visibility: hidden !important; margin: 40px !important } button { background: red !important }</style>',
      ),
    )
    const looks = (page: Page) =>
      launcher(page).evaluate((button) => {
        const { color, backgroundColor, fontSize, width, height, visibility, margin } = getComputedStyle(button)
        return { color, backgroundColor, fontSize, width, height, visibility, margin }
      })
    await plain.page.locator('purser-widget').waitFor({ state: 'attached' })
    const roles = { includeHidden: true, name: 'Chat with us' }
    await hostile.page.getByRole('button', roles).waitFor()
    expect(await looks(hostile.page)).toEqual(await looks(plain.page))
    expect(await plain.page.evaluate(() => [...document.body.children].map((each) => each.outerHTML))).toEqual([
      '<h1>A shop</h1>',
      `<purser-widget purser-key="${KEY}"></purser-widget>`,
    ])
  })

  test.each([
    ['the tag twice', () => tag() + tag()],
    ['tag and element', () => `${tag()}<body><purser-widget></purser-widget></body>`],
    [
      'two elements',
      () =>
        `${tag('')}<body><purser-widget purser-key="${KEY}"></purser-widget><purser-widget purser-key="${KEY}"></purser-widget></body>`,
    ],
    ['a tag without the key before one with it', () => tag('') + tag()],
    ['a tag in the head that does not wait', () => tag().replace(' defer', '')],
  ])('W3: %s gives exactly one button', async (_what, html) => {
    const { page } = await visit(inPage(html()))
    await launcher(page).waitFor()
    await page.waitForLoadState('load')
    expect(await launcher(page).count()).toBe(1)
  })

  test('W3: configuration after load gives the button, whether on the tag, by an element or on one that is there', async () => {
    const { page } = await visit(inPage(`${tag('')}<body></body>`))
    expect(await launcher(page).count()).toBe(0)
    await page.evaluate((key) => document.querySelector('script')?.setAttribute('data-purser-key', key), KEY)
    await launcher(page).waitFor()
    await page.evaluate((key) => {
      const element = document.createElement('purser-widget')
      document.body.prepend(element)
      element.setAttribute('purser-key', key)
    }, KEY)
    await expect.poll(() => launcher(page).count()).toBe(1)
    expect(await page.locator('purser-widget').count()).toBe(1)
  })

  test('W4: a strict policy is not violated', async () => {
    const policy = `default-src 'none'; script-src ${server.origin}; connect-src ${server.origin}; style-src ${server.origin}; img-src data:; require-trusted-types-for 'script'`
    const { page, errors } = await visit(shopPage(script, KEY), { policy })
    await launcher(page).click()
    await expect.poll(() => said(page)).toContainEqual(['open'])
    // The page's policy lets nothing inline run, so what it refused is on the console.
    expect(errors).toEqual([])
  })

  test('W5: before the first opening only the loader is fetched', async () => {
    const { page } = await visit(shopPage(script, KEY))
    await launcher(page).hover()
    await page.waitForLoadState('networkidle')
    expect(server.asked).toEqual(['/widget.js'])
    await launcher(page).click()
    // The script, its style sheet and its texts, side by side.
    await expect
      .poll(() => server.asked.map((path) => path.split('.').at(-1)).sort())
      .toEqual(['css', 'js', 'js', 'json'])
  })

  test('W6: the page is not shifted and gets no scrollbar', async () => {
    shop.put('/', { html: shopPage(script, KEY, '', '<h1>A shop</h1><p>Text</p>'.repeat(30)) })
    const { page } = await browser.visit('about:blank')
    await page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ entryType }) => entryType))).observe({
        type: 'layout-shift',
        buffered: true,
      })
    })
    await page.goto(`${shop.origin}/`)
    await launcher(page).waitFor()
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  })

  test('W7: stands at the inline end and moves by its attribute, whatever language it speaks', async () => {
    const { page } = await visit(shopPage(script, KEY))
    const left = async () => (await launcher(page).boundingBox())?.x ?? 0
    await launcher(page).waitFor()
    expect(await left()).toBeGreaterThan(1_000)
    await page.locator('purser-widget').evaluate((element) => element.setAttribute('position', 'start'))
    expect(await left()).toBeLessThan(100)
    const arabic = await visit(shopPage(script, KEY, 'data-locale="ar"'))
    expect((await arabic.page.getByRole('button', { name: 'تحدث معنا' }).boundingBox())?.x).toBeGreaterThan(1_000)
  })

  test('W7: hidden by its attribute, opened, asked and closed by its methods, which it tells the page', async () => {
    const { page } = await visit(
      shopPage(
        script,
        KEY,
        'data-launcher="none" data-theme="dark" data-identity-token="t" data-site-rewrite="https://a.example=/b"',
      ),
    )
    await page.locator('purser-widget').waitFor({ state: 'attached' })
    expect(await launcher(page).count()).toBe(0)
    await page.evaluate(() => {
      const events: string[] = []
      Object.assign(window, { events })
      for (const name of ['purser-open', 'purser-close']) document.addEventListener(name, () => events.push(name))
      const widget = document.querySelector('purser-widget') as unknown as { ask(text: string): void }
      widget.ask('Where is my order?')
    })
    await expect
      .poll(() => said(page))
      .toEqual([
        ['mount', KEY, 'en', 'dark', 't', ['https://a.example', '/b'], server.origin],
        ['open'],
        ['ask', 'Where is my order?'],
      ])
    await page.evaluate(() => (document.querySelector('purser-widget') as unknown as { close(): void }).close())
    expect((await said(page)).at(-1)).toEqual(['close'])
    expect(await page.evaluate(() => (window as unknown as { events: string[] }).events)).toEqual([
      'purser-open',
      'purser-close',
    ])
  })

  test('W7: another shopper begins anew, a fresh token of the same one does not', async () => {
    const { page } = await visit(shopPage(script, KEY))
    await launcher(page).click()
    // Signing in while the panel is on its way gives one panel, which is another test's.
    await page.locator('.stub').waitFor()
    const token = (sub: string, exp: number) => `h.${Buffer.from(JSON.stringify({ sub, exp })).toString('base64url')}.s`
    const signIn = (given: string) =>
      page.evaluate(
        (next) => Object.assign(document.querySelector('purser-widget') ?? {}, { identityToken: next }),
        given,
      )
    await signIn(token('ada', 1))
    await expect.poll(async () => (await said(page)).filter(([what]) => what === 'mount').length).toBe(2)
    await signIn(token('ada', 2))
    expect((await said(page)).filter(([what]) => what === 'mount').length).toBe(2)
  })

  test('W8: a page whose whole body is replaced keeps its button, and a reload its open panel', async () => {
    const { page } = await visit(shopPage(script, KEY))
    await launcher(page).waitFor()
    await page.evaluate(() => document.documentElement.replaceChild(document.createElement('body'), document.body))
    await launcher(page).click()
    await page.locator('.stub').waitFor()
    await page.evaluate((key) => localStorage.setItem(`purser:${key}:session`, '{}'), KEY)
    await page.reload()
    await page.locator('.stub').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.reload()
    await launcher(page).waitFor()
    expect(await page.locator('.stub').count()).toBe(0)
  })

  test('W8: the panel is fetched by itself where a hand-over is open', async () => {
    const { page } = await visit(shopPage(script, KEY))
    await launcher(page).click()
    await expect.poll(() => said(page)).toContainEqual(['open'])
    await page.evaluate(() => (window as unknown as { follow(open: boolean): void }).follow(true))
    await page.reload()
    await expect.poll(async () => (await said(page)).map(([what]) => what)).toEqual(['mount'])
    await page.evaluate(() => (window as unknown as { follow(open: boolean): void }).follow(false))
    await page.reload()
    await page.waitForLoadState('networkidle')
    expect(await said(page)).toEqual([])
  })

  test('W49: an opened panel leaves nothing in the browser before a conversation has begun', async () => {
    const { page } = await visit(shopPage(script, KEY))
    await launcher(page).click()
    await page.locator('.stub').waitFor()
    await page.reload()
    await launcher(page).waitFor()
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ''])
  })

  test('W33: a panel that cannot be fetched is said, and tried again on request', async () => {
    const { page } = await visit(shopPage(script, KEY))
    server.breakParts(/./)
    await launcher(page).click()
    await page.getByRole('alert').getByText('The chat could not be loaded.').waitFor()
    server.breakParts(null)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.stub').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('W33: a style sheet that does not come is tried again alone, and texts that do not come are English', async () => {
    const { page } = await visit(shopPage(script, KEY, 'data-locale="de"'))
    server.breakParts(/\.css$|de\.json$/)
    await page.getByRole('button', { name: 'Chat öffnen' }).click()
    await page.getByRole('button', { name: 'Erneut versuchen' }).waitFor()
    expect(await said(page)).toEqual([])
    server.breakParts(/de\.json$/)
    await page.getByRole('button', { name: 'Erneut versuchen' }).click()
    await page.locator('.stub').waitFor()
    expect(server.asked.filter((path) => path.endsWith('.js'))).toEqual(['/widget.js', expect.stringMatching(/panel-/)])
    expect(await page.evaluate(() => (window as unknown as { spoken: string }).spoken)).toBe('en')
  })

  test('a setting that changes while the panel is on its way gives one panel, of the last setting', async () => {
    const { page } = await visit(shopPage(script, KEY))
    await launcher(page).waitFor()
    await page.locator('purser-widget').evaluate((element) => {
      ;(element as HTMLElement & { open(): void }).open()
      for (const locale of ['de', 'fr']) element.setAttribute('locale', locale)
    })
    await page.locator('.stub').waitFor()
    await page.waitForLoadState('networkidle')
    expect((await said(page)).filter(([what]) => what === 'mount').map(([, , locale]) => locale)).toEqual(['fr'])
  })

  test('W38: opens by keyboard, and closing gives the focus back', async () => {
    const { page } = await visit(shopPage(script, KEY))
    await launcher(page).waitFor()
    await page.keyboard.press('Tab')
    expect(
      await launcher(page).evaluate(
        (button) => button.matches(':focus-visible') && getComputedStyle(button).outlineWidth,
      ),
    ).toBe('3px')
    await page.keyboard.press('Enter')
    await page.locator('.stub').waitFor()
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Enter')
    expect(
      await launcher(page).evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button),
    ).toBe(true)
  })

  test('W42: is large enough to hit, and says how much is unread', async () => {
    const { page } = await visit(shopPage(script, KEY), { viewport: PHONE })
    const box = await launcher(page).boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    await launcher(page).click()
    await expect.poll(() => said(page)).toContainEqual(['open'])
    await page.getByRole('button', { name: 'Close' }).click()
    await page.evaluate(() => (window as unknown as { unread(count: number): void }).unread(3))
    await page.getByRole('button', { name: 'Chat with us, new messages: 3' }).waitFor()
  })

  test('W47: takes its colours from the page’s properties, light and dark', async () => {
    const { page } = await visit(
      shopPage(script, KEY, '', '<style>:root{--purser-accent:rgb(1 2 3);--purser-dark-accent:rgb(4 5 6)}</style>'),
      { colorScheme: 'light' },
    )
    const ground = () => launcher(page).evaluate((button) => getComputedStyle(button).backgroundColor)
    await launcher(page).waitFor()
    expect(await ground()).toBe('rgb(1, 2, 3)')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await ground()).toBe('rgb(4, 5, 6)')
    await page.locator('purser-widget').evaluate((element) => element.setAttribute('theme', 'light'))
    expect(await ground()).toBe('rgb(1, 2, 3)')
  })

  test('W43: steps aside while the page’s focused element lies beneath it', async () => {
    const { page } = await visit(
      shopPage(script, KEY, '', '<style>a{position:fixed;right:40px;bottom:40px}</style><a href="#x">x</a>'),
    )
    await launcher(page).waitFor()
    await page.locator('a').focus()
    expect(
      await launcher(page).evaluate((button) => button.parentElement && getComputedStyle(button.parentElement).opacity),
    ).toBe('0')
    await launcher(page).focus()
    expect(
      await launcher(page).evaluate((button) => button.parentElement && getComputedStyle(button.parentElement).opacity),
    ).toBe('1')
  })

  test('W44: moves nothing where motion is unwanted, and keeps its outline in forced colours', async () => {
    const { page } = await visit(shopPage(script, KEY), { reducedMotion: 'reduce', forcedColors: 'active' })
    await launcher(page).waitFor()
    const looks = await launcher(page).evaluate((button) => ({
      animations: document.getAnimations().length,
      border: getComputedStyle(button).borderTopStyle + getComputedStyle(button).borderTopWidth,
      icon: getComputedStyle(button.querySelector('svg') as Element).display,
    }))
    expect(looks).toEqual({ animations: 0, border: 'solid1px', icon: 'block' })
  })
})
