import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser, galleryBench, PHONE } from './gallery/gallery-bench.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const STATES = [
  ...[
    'welcome',
    'loading',
    'consent',
    'unavailable',
    'answered',
    'working',
    'streaming',
    'stopped',
    'products',
    'order',
  ],
  ...[
    'clarify',
    'declined',
    'proof',
    'code',
    'waiting',
    'closed',
    'person',
    'resolved',
    'offline',
    'failed',
    'rate_limited',
    'long',
  ],
]
/** Source: W42; links within a line of text are exempt (WCAG 2.2, 2.5.8). */
const LEAST_TARGET = 24
const LEAST_PRIMARY = 44

const show = galleryBench()

describeInBrowser('every state', () => {
  test.each(STATES)('W42 %s has no violation in light and dark', async (state) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, errors, done } = await show(state, { looks: { theme } })
      expect(await violations(page)).toEqual([])
      expect(errors.filter((error) => !/ERR_|Failed to load/.test(error))).toEqual([])
      done()
    }
  })

  test.each(['answered', 'proof', 'person', 'products'])('W42 %s has targets that can be hit', async (state) => {
    const { page, panel } = await show(state, PHONE_VISIT)
    await panel.locator('.thumb, input, .product, .bubble').first().waitFor()
    expect(await smallTargets(page)).toEqual([])
  })

  test.each(['welcome', 'answered', 'proof', 'waiting'])(
    'W42 %s fits 320 px, and 1280 px at 400 percent zoom',
    async (state) => {
      for (const viewport of [
        { width: 320, height: 640 },
        { width: 320, height: 200 },
      ]) {
        const { page, panel, done } = await show(state, { viewport })
        expect(await sidewaysOverflow(page)).toEqual([])
        const log = await panel.locator('.log').boundingBox()
        expect(log?.height).toBeGreaterThan(viewport.height > 300 ? 200 : 60)
        done()
      }
    },
  )
})

describeInBrowser('the sheets and the menu', () => {
  test.each([
    ['menu', '[part~=menu-button]', '[role=menu]'],
    ['person', '[part~=person-button]', '.sheet form'],
  ])('W42 the %s has no violation', async (_name, opener, opened) => {
    const { page, panel } = await show('answered')
    await panel.locator(opener).click()
    await panel.locator(opened).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await smallTargets(page)).toEqual([])
  })

  test('W42 deleting everything has no violation, before and after', async () => {
    const { page, panel } = await show('answered')
    await panel.locator('[part~=menu-button]').click()
    await panel.getByRole('menuitem', { name: 'Delete my data' }).click()
    await panel.locator('[part~=erase-confirm]').waitFor()
    expect(await violations(page)).toEqual([])
    await panel.locator('[part~=erase-confirm]').click()
    await panel.getByText('Your data has been deleted').waitFor()
    expect(await violations(page)).toEqual([])
  })
})

const PHONE_VISIT = { viewport: PHONE }

type Finding = { id: string; nodes: { html: string; failureSummary?: string }[] }

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Finding[] }> } }
    return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  })
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 140)} ${failureSummary}`),
  )
}

/** Buttons, fields and links smaller than they may be, by what they are. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ([least, leastPrimary]) => {
      const root = document.querySelector('purser-gallery')?.shadowRoot?.querySelector('purser-panel')?.shadowRoot
      const primary = '.primary, .send, .choice, .talk, .bare, textarea, input'
      return [...(root?.querySelectorAll<HTMLElement>('button, input, textarea, a') ?? [])]
        .filter((element) => element.checkVisibility() && !element.closest('p, .text, .bubble, h3, [inert]'))
        .flatMap((element) => {
          const { width, height } = element.getBoundingClientRect()
          // The number behind a sentence is hit around it as well.
          const around = element.matches('.mark') ? 8 : 0
          const needed = element.matches(primary) ? leastPrimary : least
          return Math.min(width, height) + around < needed - 0.5
            ? [`${element.outerHTML.slice(0, 80)} ${width}×${height}`]
            : []
        })
    },
    [LEAST_TARGET, LEAST_PRIMARY] as const,
  )
}

/** What is wider than the panel it lies in. */
function sidewaysOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('purser-gallery')?.shadowRoot?.querySelector('purser-panel')?.shadowRoot
    const panel = root?.querySelector('.panel')?.getBoundingClientRect()
    if (!root || !panel) return ['no panel']
    const outside = (element: Element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 1 && (left < panel.left - 1 || right > panel.right + 1)
    }
    const sideways = [...root.querySelectorAll('.log, .panel, .sheet')].filter(
      ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1,
    )
    return [...sideways, ...[...root.querySelectorAll('.panel *:not(.unseen)')].filter(outside)].map(({ outerHTML }) =>
      outerHTML.slice(0, 100),
    )
  })
}
