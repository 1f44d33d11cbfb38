import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { browserBench, describeInBrowser, PHONE } from '../browser.ts'
import { eventually, focused, reply } from './at-desk.ts'
import { ordinaryDesk } from './sample-handoffs.ts'
import { stubDesk } from './stub-desk.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = browserBench()
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const stub of open.splice(0)) await stub.close()
})

async function desk(path = '/console', options: Parameters<typeof browser.visit>[1] & { signedOut?: boolean } = {}) {
  const { signedOut, ...context } = options
  const stub = await stubDesk(ordinaryDesk(new Date()), signedOut ? null : undefined)
  open.push(stub)
  const { page, errors } = await browser.visit(stub.url + path, context)
  return { stub, page, errors }
}

const ready = (page: Page) => page.locator('.rows a').first().waitFor()

describeInBrowser('keys', () => {
  test('P28 P32 a conversation is found, claimed, answered and left without a pointer', async () => {
    const { page, stub } = await desk()
    await ready(page)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('hnd_bulb')
    await page.keyboard.press('o')
    await eventually(() => focused(page)).toBe('h2')
    await reply(page).waitFor()
    await page.keyboard.press('c')
    await eventually(() => stub.handoff('hnd_bulb')?.claimedBy).toBe('Mira')
    await page.keyboard.press('r')
    await eventually(() => focused(page)).toBe('textarea')
    await page.keyboard.type('jock?')
    expect(await reply(page).inputValue()).toBe('jock?')
    await page.keyboard.press('Enter')
    await eventually(() => stub.handoff('hnd_bulb')?.messages.at(-1)?.text).toBe('jock?')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('h2')
    await page.keyboard.press('Escape')
    await eventually(() => focused(page)).toBe('hnd_bulb')
    expect(page.url()).toBe(`${stub.url}/console`)
  })

  test('the focus goes on where the button that had it is gone', async () => {
    const { page } = await desk('/console?handoff=hnd_bulb')
    await page.getByRole('button', { name: 'Claim', exact: true }).press('Enter')
    await eventually(() => focused(page)).toBe('textarea')
    await page.getByRole('button', { name: 'Return to assistant' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Return to assistant' }).press('Enter')
    await page.getByText('This is back with the assistant.').waitFor()
    await eventually(() => focused(page)).toBe('h2')
  })

  test('P28 turned off, single keys do nothing, and stay off', async () => {
    const { page } = await desk()
    await ready(page)
    await page.keyboard.press('?')
    await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck()
    await page.keyboard.press('Escape')
    await page.reload()
    await ready(page)
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('body')
    await page.getByRole('button', { name: 'Keys and help' }).click()
    expect(await page.getByRole('checkbox').isChecked()).toBe(false)
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await focused(page)).toBe('button')
  })
})

describeInBrowser('signing in', () => {
  test('takes the code after one click, and then to where somebody wanted to go', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_mine', { signedOut: true })
    await page.getByText('You are signed out').waitFor()
    await page.goto(`${stub.url}/console/sign-in#GOOD`)
    const button = page.getByRole('button', { name: 'Sign in' })
    await button.waitFor()
    expect(stub.seen.filter(({ method }) => method === 'POST')).toEqual([])
    await button.click()
    await page.locator('desk-handoff').getByText('With you').waitFor()
    expect(page.url()).toBe(`${stub.url}/console?handoff=hnd_mine`)
  })

  test('says of a used or old link what to do', async () => {
    const { page } = await desk('/console/sign-in#USED', { signedOut: true })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This link no longer works').waitFor()
    await page.getByText('npm run operators -- link ID').waitFor()
  })

  test('is tried again with the same code where the server was away', async () => {
    const { page, stub } = await desk('/console/sign-in#GOOD', { signedOut: true })
    stub.down()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The server cannot be reached.').waitFor()
    stub.up()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await ready(page)
  })

  test('a session that ends while working is said, and drafts are gone only after signing out', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_mine')
    await reply(page).fill('A draft')
    stub.fail(/claim|reply|handoffs/, { status: 401, code: 'api.sign_in.invalid' }, 99)
    await page.locator('.rows a[data-id="hnd_tent"]').click()
    await page.getByText('You are signed out').waitFor()
    stub.heal()
    await page.goto(`${stub.url}/console?handoff=hnd_mine`)
    expect(await reply(page).inputValue()).toBe('A draft')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out').waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')))).toEqual([])
  })
})

/** Every state somebody works in, by how to get there. */
const STATES: [name: string, path: string, there: string, act?: (page: Page) => Promise<unknown>][] = [
  ['the queue', '/console', 'Choose a hand-over'],
  [
    'a waiting one with everything',
    '/console?handoff=hnd_lamp',
    'Suggested reply',
    (page) => page.getByText('1 source').click(),
  ],
  ['mine', '/console?handoff=hnd_mine', 'Return to assistant'],
  ['of somebody else', '/console?handoff=hnd_other', 'Oskar has this conversation.'],
  ['resolved ones', '/console?show=resolved&handoff=hnd_done', 'This is resolved.'],
  ['not there', '/console?handoff=hnd_none', 'This hand-over is not there'],
  [
    'a dialog',
    '/console?handoff=hnd_mine',
    'Return to assistant',
    (page) => page.getByRole('button', { name: 'Resolve' }).click(),
  ],
  ['the keys', '/console', 'Choose a hand-over', (page) => page.keyboard.press('?')],
  ['signing in', '/console/sign-in#GOOD', 'Sign in to the desk'],
  ['a link that does not work', '/console/sign-in', 'A sign-in link is needed'],
]

describeInBrowser('accessibility', () => {
  test.each(['light', 'dark'] as const)(
    'P32 no state breaks a rule of WCAG 2.2 AA that can be measured, %s',
    async (colorScheme) => {
      const found: string[] = []
      const { page, stub } = await desk('/console', { colorScheme, bypassCSP: true })
      for (const [name, path, there, act] of STATES) {
        await page.goto('about:blank')
        await page.goto(stub.url + path)
        await page.getByText(there).first().waitFor()
        await act?.(page)
        found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`))
      }
      await page.goto(`${stub.url}/console`)
      stub.down()
      await page.getByText('Live updates are lost.').waitFor()
      found.push(...(await violations(page)).map((violation) => `not live: ${violation}`))
      expect(found).toEqual([])
    },
    // Eleven pages, each measured whole.
    120_000,
  )

  test('P31 on a phone as well, with targets of 44 pixels', async () => {
    const { page } = await desk('/console?handoff=hnd_mine', { viewport: PHONE, hasTouch: true, isMobile: true })
    await reply(page).fill('Yes.')
    expect(await violations(page)).toEqual([])
    for (const name of ['Send', 'Resolve', 'Return to assistant', 'Back to the list', 'Conversation']) {
      const box = await page.getByRole('button', { name, exact: true }).boundingBox()
      expect(Math.min(box?.height ?? 0, box?.width ?? 0), name).toBeGreaterThanOrEqual(44)
    }
  })
})

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe = (
      window as unknown as {
        axe: {
          run(
            options: object,
          ): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>
        }
      }
    ).axe
    const result = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
  })
}
