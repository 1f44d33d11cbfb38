import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { calls, describeInBrowser, galleryBench, PHONE } from './gallery/gallery-bench.ts'

const show = galleryBench()

/** A page whose theme is `properties` on every custom element. */
const themed = (properties: string) =>
  `<!doctype html><html lang="en"><title>Shop</title><style>purser-gallery{${properties}}</style><main><h1>Shop</h1></main>`
const style = (found: Locator, property: string) =>
  found.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

describeInBrowser('the theme', () => {
  const PROPERTIES: [property: string, value: string, where: string, style: string, becomes: string][] = [
    [
      '--purser-accent',
      'rgb(120, 0, 60)',
      '.send[data-does=stop], .avatar[data-who=assistant]',
      'background-color',
      'rgb(120, 0, 60)',
    ],
    ['--purser-on-accent', 'rgb(255, 250, 230)', '.shopper .bubble', 'color', 'rgb(255, 250, 230)'],
    ['--purser-surface', 'rgb(255, 253, 250)', '.panel', 'background-color', 'rgb(255, 253, 250)'],
    ['--purser-sunken', 'rgb(240, 240, 255)', '.shopper .avatar', 'background-color', 'rgb(240, 240, 255)'],
    ['--purser-text', 'rgb(20, 0, 40)', '.log', 'color', 'rgb(20, 0, 40)'],
    ['--purser-muted', 'rgb(70, 70, 90)', '.at', 'color', 'rgb(70, 70, 90)'],
    ['--purser-line', 'rgb(200, 200, 210)', '.strip', 'border-bottom-color', 'rgb(200, 200, 210)'],
    ['--purser-radius', '6px', '.panel', 'border-top-left-radius', '6px'],
    ['--purser-font', 'monospace', '.log', 'font-family', 'monospace'],
    ['--purser-font-size', '18px', '.text', 'font-size', '18px'],
    ['--purser-width', '360px', '.panel', 'width', '360px'],
    ['--purser-height', '500px', '.panel', 'height', '500px'],
  ]

  test('W47 every property changes what it names', async () => {
    const html = themed(PROPERTIES.map(([name, value]) => `${name}:${value}`).join(';'))
    const { panel } = await show('answered', { html })
    for (const [name, , where, property, becomes] of PROPERTIES)
      expect([name, await style(panel.locator(where).first(), property)]).toEqual([name, becomes])
  })

  test('W47 places and the dark colours have properties as well', async () => {
    const html = themed('--purser-inset-block:40px;--purser-inset-inline:50px;--purser-dark-surface:rgb(10, 10, 30)')
    const { panel } = await show('answered', { html, looks: { theme: 'dark' } })
    expect([await style(panel, 'bottom'), await style(panel, 'right')]).toEqual(['112px', '50px'])
    expect(await style(panel.locator('.panel'), 'background-color')).toBe('rgb(10, 10, 30)')
  })

  test('W47 parts can be styled from the page', async () => {
    const { panel } = await show('answered', { html: themed('} purser-gallery::part(header){letter-spacing:2px') })
    expect(await style(panel.locator('[part~=header]'), 'letter-spacing')).toBe('2px')
    const parts = await panel.locator('[part]').evaluateAll((all) => all.flatMap((element) => [...element.part]))
    const exported = (await panel.getAttribute('exportparts'))?.split(', ')
    expect(parts.filter((part) => !exported?.includes(part))).toEqual([])
  })

  test('W47 dark follows the system unless the page says otherwise', async () => {
    const ground = async (theme: 'light' | 'dark' | 'auto', colorScheme: 'light' | 'dark') => {
      const { panel } = await show('welcome', { looks: { theme }, colorScheme })
      return style(panel.locator('.panel'), 'background-color')
    }
    const [light, dark] = [await ground('light', 'light'), await ground('dark', 'light')]
    expect(light).not.toBe(dark)
    expect([await ground('auto', 'dark'), await ground('auto', 'light'), await ground('light', 'dark')]).toEqual([
      dark,
      light,
      light,
    ])
  })

  test('W47 a pair that cannot be read is corrected, and warned about once', async () => {
    const html = themed('--purser-accent:#ffe14d;--purser-on-accent:#fff')
    const { page, panel } = await show('answered', { html })
    const warnings: string[] = []
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
    await page.evaluate(() => window.showState('answered'))
    await expect.poll(() => warnings).toEqual([expect.stringContaining('--purser-on-accent')])
    await expect.poll(() => style(panel.first().locator('.shopper .bubble'), 'color')).toBe('rgb(17, 17, 17)')
    const link = await style(panel.first().locator('.talk'), 'color')
    expect(link).not.toBe('rgb(255, 225, 77)')
    await page.evaluate(() => window.gallery.panel.close())
    await page.evaluate(() => window.gallery.panel.open())
    expect(warnings.length).toBe(1)
  })
})

describeInBrowser('how it bends', () => {
  test('W44 nothing moves where motion is unwanted', async () => {
    const { panel } = await show('working')
    const moving = await show('working', { reducedMotion: 'no-preference' })
    const animations = (found: Locator) => found.evaluate((element) => element.shadowRoot?.getAnimations().length)
    expect(await animations(moving.panel)).toBeGreaterThan(0)
    expect(await animations(panel)).toBe(0)
    await panel.locator('[part~=person-button]').click()
    await panel.locator('.sheet').waitFor()
    expect(await animations(panel)).toBe(0)
  })

  test('W44 icons and edges stay visible in forced colours', async () => {
    const { panel } = await show('answered', { forcedColors: 'active' })
    await panel.locator('[part~=menu-button]').click()
    const icons = await panel
      .locator('[role=menuitem] .icon')
      .evaluateAll((all) => all.map((icon) => getComputedStyle(icon).color))
    const text = await panel
      .locator('[role=menuitem]')
      .first()
      .evaluate((item) => getComputedStyle(item).color)
    expect(new Set(icons)).toEqual(new Set([text]))
    expect(await style(panel.locator('.panel'), 'border-top-width')).toBe('1px')
    expect(await style(panel.locator('.shopper .bubble'), 'border-top-width')).toBe('1px')
  })

  test('W45 a language longer than any other is neither clipped nor left out', async () => {
    for (const state of ['welcome', 'answered', 'proof', 'waiting', 'failed', 'order']) {
      const { panel, done } = await show(state, { viewport: PHONE, looks: { locale: 'pseudo' } })
      await expect.poll(() => panel.locator('.who').innerText()).toContain('⟦')
      const own = panel.locator(
        '.who, .talk, .points li, h3, label, .primary, .secondary, .banner p, .facts li, dt, .hint',
      )
      const texts = await own.evaluateAll((all) =>
        all
          .filter((element) => element.checkVisibility())
          .map((element) => ({
            text: element.textContent?.trim() ?? '',
            clipped: element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline',
          })),
      )
      expect(texts.filter(({ text, clipped }) => clipped || !text.includes('⟦'))).toEqual([])
      done()
    }
  })

  test('W45 Arabic is written from right to left, with the way out at the left', async () => {
    const { panel } = await show('answered', { looks: { locale: 'ar' } })
    await expect.poll(() => panel.locator('.panel').getAttribute('dir')).toBe('rtl')
    expect(await panel.locator('.panel').getAttribute('lang')).toBe('ar')
    const [close, title] = await Promise.all([
      panel.locator('[part~=close]').boundingBox(),
      panel.locator('[part~=title]').boundingBox(),
    ])
    expect(close?.x).toBeLessThan(title?.x ?? 0)
    expect(await style(panel.locator('.text'), 'direction')).toBe('ltr')
  })

  test('W48 the on-screen keyboard and a rotation hide neither the field nor the way out', async () => {
    const { page, panel } = await show('answered', { viewport: PHONE, hasTouch: true })
    const inSight = async (height: number) => {
      for (const part of ['textarea', '[part~=close]', '[part~=person-button]']) {
        const box = await panel.locator(part).boundingBox()
        expect(box && box.y >= 0 && box.y + box.height <= height + 1).toBe(true)
      }
    }
    await inSight(640)
    // A keyboard makes the visual viewport smaller and leaves the layout as it is.
    await page.evaluate(() => {
      const area = window.visualViewport
      if (!area) return
      Object.defineProperty(area, 'height', { value: 340, configurable: true })
      area.dispatchEvent(new Event('resize'))
    })
    await inSight(340)
    await page.evaluate(() => Reflect.deleteProperty(window.visualViewport ?? {}, 'height'))
    await page.setViewportSize({ width: 640, height: 360 })
    await inSight(360)
  })
})

describeInBrowser('what is asked before, and what is left after', () => {
  test('W49 shows the shop’s notice and sends nothing before consent', async () => {
    const { page, panel } = await show('consent')
    await panel.getByText('Larkhaven processes what you write').waitFor()
    expect(await panel.locator('textarea').count()).toBe(0)
    expect((await calls(page)).map(([method]) => method)).toEqual(['start'])
    await panel.locator('[part~=consent-accept]').click()
    await panel.locator('textarea').waitFor()
    expect((await calls(page)).map(([method]) => method)).toEqual(['start', 'acceptPrivacy'])
  })

  test('W50 deletes after a confirmation and shows a receipt with its date', async () => {
    const { page, panel } = await show('answered')
    await panel.locator('[part~=menu-button]').click()
    await panel.getByRole('menuitem', { name: 'Delete my data' }).click()
    await panel.getByRole('button', { name: 'Keep it' }).click()
    expect((await calls(page)).map(([method]) => method)).not.toContain('eraseMyData')
    await panel.locator('[part~=menu-button]').click()
    await panel.getByRole('menuitem', { name: 'Delete my data' }).click()
    await panel.locator('[part~=erase-confirm]').click()
    await panel.getByText('Deleted Friday, 3 July 2026 at 10:41').waitFor()
    await panel.getByText('6 messages').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Download the receipt' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('purser-receipt.txt')
  })

  test('W26 outside opening hours says when it opens in the shopper’s time zone, and takes an address', async () => {
    const { panel } = await show('closed')
    await panel.getByText('Opens again Mon 6 Jul, 9:00').waitFor()
    expect(await panel.locator('[data-status=waiting]').innerText()).toContain('mara@example.com')
    const open = await show('waiting')
    await open.panel.getByRole('button', { name: 'Get the reply by e-mail' }).click()
    await open.panel.getByLabel('E-mail (optional)').fill('mara@example')
    await open.page.keyboard.press('Enter')
    await open.panel.getByText('Please enter an address').waitFor()
    await open.panel.getByLabel('E-mail (optional)').fill('mara@example.com')
    await open.page.keyboard.press('Enter')
    await expect.poll(() => calls(open.page)).toContainEqual(['askForPerson', { contact: 'mara@example.com' }])
  })

  test('W37 a file is refused with a reason, where the focus goes', async () => {
    const { panel } = await show('welcome')
    await panel.locator('.panel').evaluate((target) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['x'], 'photo.jpg', { type: 'image/jpeg' }))
      target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
    await panel.getByText('Files can’t be attached here.').waitFor()
    expect(await panel.locator('.refusal :focus').count()).toBe(1)
  })

  test('W36 W4 prints the conversation with its quotes where the page forbids inline styles', async () => {
    const html = `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="style-src 'none'"><title>Shop</title><p>Shop</p></html>`
    const { page, panel, errors } = await show('answered', { html })
    const printed = page.evaluate(
      () =>
        new Promise<unknown>((done) => {
          const append = document.body.append.bind(document.body)
          document.body.append = (...added: (Node | string)[]) => {
            append(...added)
            const [frame] = added
            const inside = frame instanceof HTMLIFrameElement ? frame.contentWindow : null
            if (!inside) return
            inside.print = () => {
              const quotes = [...inside.document.querySelectorAll('blockquote')]
              done([quotes.length, quotes[0] && inside.getComputedStyle(quotes[0]).borderInlineStartWidth])
              inside.dispatchEvent(new Event('afterprint'))
            }
          }
        }),
    )
    await panel.locator('[part~=menu-button]').click()
    await panel.getByRole('menuitem', { name: 'Print' }).click()
    expect(await printed).toEqual([3, '3px'])
    expect(await page.locator('iframe').count()).toBe(0)
    expect(errors).toEqual([])
  })
})
