import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { agentAnswer, heldAnswer } from '../fakes/scripted-agent.ts'
import { browserBench, describeInBrowser } from './browser.ts'
import { type WidgetBench, widgetBench } from './widget-bench.ts'
import { ask, inputOf, linesOf, logOf, openPanel, saidIn } from './widget-page.ts'

const QUESTION = 'How long do I have to return an item?'
const ANSWER = 'Items can be returned within 30 days. The label is free. Refunds take five days.'
const UNDISTURBED = [`shopper: ${QUESTION}`, `assistant: ${ANSWER}`]
const MESSAGES = /\/messages$/

let bench: WidgetBench
beforeAll(async () => {
  bench = await widgetBench()
})
afterAll(() => bench?.close())
afterEach(() => {
  bench.network.heal()
  bench.api.agent.does(() => agentAnswer({ text: ANSWER }))
})
const browser = browserBench()

async function opened(): Promise<Page> {
  bench.api.agent.does(() => agentAnswer({ text: ANSWER }))
  const { page } = await browser.visit(bench.pageUrl)
  await openPanel(page)
  return page
}

const answered = (page: Page) => logOf(page).getByText('Refunds take five days').first().waitFor({ timeout: 20_000 })
const banner = (page: Page) => page.locator('purser-widget [part~="banner"]')
const asked = () => bench.api.agent.asked.length
const posted = () => bench.network.seen.filter(({ method, path }) => method === 'POST' && MESSAGES.test(path))

describeInBrowser('the network fails', () => {
  test.each([1, 60, 200, 420, 900])(
    'W30 cut after %i bytes of the stream, the answer ends as the undisturbed one',
    async (after) => {
      const page = await opened()
      bench.network.fail('POST', MESSAGES, { kind: 'cut', after })
      await ask(page, QUESTION)
      await answered(page)
      expect(await saidIn(page)).toEqual(UNDISTURBED)
      const conversation = /conversations\/([^/]+)/.exec(posted().at(-1)?.path ?? '')?.[1]
      const stored = await bench.api.asOwner(
        `select role, text from messages where conversation = '${conversation}' order by position`,
      )
      expect(stored).toEqual([
        { role: 'shopper', text: QUESTION },
        { role: 'assistant', text: ANSWER },
      ])
    },
  )

  test('W30 says that the connection is lost and goes on by itself', async () => {
    const page = await opened()
    const held = heldAnswer(() => agentAnswer({ text: ANSWER }))
    bench.api.agent.does(held.script)
    await ask(page, QUESTION)
    await held.started
    bench.network.cutAll()
    await banner(page).getByText(/./).first().waitFor()
    bench.network.heal()
    held.release()
    await answered(page)
    expect(await saidIn(page)).toEqual(UNDISTURBED)
    await expect.poll(() => banner(page).innerText()).toBe('')
  })

  test('W31 reloaded in the middle, the same answer goes on without a second run', async () => {
    const page = await opened()
    const held = heldAnswer(() => agentAnswer({ text: ANSWER }))
    bench.api.agent.does(held.script)
    const before = asked()
    await ask(page, QUESTION)
    await held.started
    await page.reload()
    await inputOf(page).waitFor()
    held.release()
    await answered(page)
    expect(await saidIn(page)).toEqual(UNDISTURBED)
    expect(asked() - before).toBe(1)
  })

  test('W32 written offline, a message waits, is marked, and is sent once on return', async () => {
    const page = await opened()
    await ask(page, 'First, to have a conversation.')
    await answered(page)
    const before = asked()
    await page.context().setOffline(true)
    await ask(page, QUESTION)
    await expect.poll(async () => (await linesOf(page)).at(-1)).toMatchObject({ kind: 'shopper', state: 'queued' })
    expect(await inputOf(page).isEnabled()).toBe(true)
    await page.context().setOffline(false)
    await expect.poll(async () => (await saidIn(page)).slice(-2)).toEqual(UNDISTURBED)
    expect(asked() - before).toBe(1)
  })

  test('W32 what waits survives a reload and is sent by one of two tabs', async () => {
    const page = await opened()
    await ask(page, 'First, to have a conversation.')
    await answered(page)
    const before = asked()
    await page.context().setOffline(true)
    await ask(page, QUESTION)
    await expect.poll(async () => (await linesOf(page)).at(-1)?.state).toBe('queued')
    const second = await page.context().newPage()
    await page.context().setOffline(false)
    await second.goto(bench.pageUrl)
    await openPanel(second).catch(() => inputOf(second).waitFor())
    for (const tab of [page, second])
      await expect.poll(async () => (await saidIn(tab)).slice(-2), { timeout: 20_000 }).toEqual(UNDISTURBED)
    expect(asked() - before).toBe(1)
  })
})

describeInBrowser('the server fails', () => {
  test.each([
    ['500', { kind: 'status', status: 500, body: '{"code":"x","fault":"fatal","status":500,"traceId":"trc_1"}' }],
    ['503', { kind: 'status', status: 503, headers: { 'retry-after': '1' }, body: '{}' }],
    [
      'a malformed stream',
      { kind: 'body', contentType: 'text/event-stream', body: 'event: answer\ndata: {nonsense\n\n' },
    ],
    ['a page instead of a stream', { kind: 'body', contentType: 'text/html', body: '<h1>Login</h1>' }],
  ] as const)(
    'W33 %s ends in a plain state with a retry and a person, and the retry completes it',
    async (_name, fault) => {
      const page = await opened()
      const before = asked()
      bench.network.fail('POST', MESSAGES, fault, 99)
      await ask(page, QUESTION)
      await banner(page).getByRole('button', { name: 'Try again' }).waitFor({ timeout: 10_000 })
      await banner(page).getByRole('button', { name: 'Talk to a person' }).waitFor()
      bench.network.heal()
      await banner(page)
        .getByRole('button', { name: 'Try again' })
        .click()
        .catch(() => {})
      await answered(page)
      expect(await saidIn(page)).toEqual(UNDISTURBED)
      expect(asked() - before).toBe(1)
    },
  )

  test('W33 a server that never answers is given up on within ten seconds', async () => {
    const page = await opened()
    bench.network.fail('POST', MESSAGES, { kind: 'silence' }, 99)
    await ask(page, QUESTION)
    await banner(page).getByRole('button', { name: 'Try again' }).waitFor({ timeout: 12_000 })
    bench.network.heal()
    await banner(page)
      .getByRole('button', { name: 'Try again' })
      .click()
      .catch(() => {})
    await answered(page)
    expect(await saidIn(page)).toEqual(UNDISTURBED)
  })

  test('W34 too many requests: says how long, keeps the text, goes on by itself, is announced once', async () => {
    const page = await opened()
    bench.network.fail('POST', MESSAGES, { kind: 'status', status: 429, headers: { 'retry-after': '2' }, body: '{}' })
    await ask(page, QUESTION)
    await expect.poll(() => banner(page).getAttribute('data-what')).toBe('rate_limited')
    expect(await banner(page).innerText()).toMatch(/\d/)
    await answered(page)
    expect(await saidIn(page)).toEqual(UNDISTURBED)
    await expect.poll(() => banner(page).getAttribute('data-what')).toBe(null)
  })
})

describeInBrowser('while an answer is made', () => {
  test('W10 W11 true stages appear in order, the first within 200 ms', async () => {
    const page = await opened()
    const held = heldAnswer(() => agentAnswer({ text: ANSWER }))
    bench.api.agent.does(held.script)
    await inputOf(page).fill(QUESTION)
    const took = await logOf(page).evaluate(async (log) => {
      const root = log.getRootNode() as ShadowRoot
      const shown = new Promise<number>((done) => {
        const started = performance.now()
        const look = () =>
          root.querySelector('[part~="progress"] li') ? done(performance.now() - started) : requestAnimationFrame(look)
        look()
      })
      root
        .querySelector<HTMLElement>('textarea')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }))
      return shown
    })
    expect(took).toBeLessThan(200)
    await held.started
    const stages = () =>
      page
        .locator('purser-widget [data-stage]')
        .evaluateAll((items) => items.map((item) => item.getAttribute('data-stage')))
    await expect.poll(stages).toEqual(['understanding', 'searching'])
    held.release()
    await answered(page)
  })

  test('W12 what was shown never changes or goes away', async () => {
    const page = await opened()
    await logOf(page).evaluate((log) => {
      const root = log.getRootNode() as ShadowRoot
      const states: string[] = []
      Object.assign(window, { states })
      const look = () => {
        const text = root.querySelector('[part~="message-assistant"]')?.textContent?.trim() ?? ''
        if (states.at(-1) !== text) states.push(text)
      }
      new MutationObserver(look).observe(root, {
        subtree: true,
        childList: true,
        characterData: true,
      })
    })
    bench.network.fail('POST', MESSAGES, { kind: 'cut', after: 300 })
    await ask(page, QUESTION)
    await answered(page)
    const states = (await page.evaluate(() => Reflect.get(window, 'states'))) as string[]
    expect(states.length).toBeGreaterThan(1)
    for (const [at, state] of states.entries()) expect(states[at + 1] ?? state).toContain(state)
  })

  test('W13 stopped, the server is told, nothing more arrives, and the line says so', async () => {
    const page = await opened()
    const held = heldAnswer(() => agentAnswer({ text: ANSWER }))
    bench.api.agent.does(held.script)
    await ask(page, QUESTION)
    await held.started
    const told = page.waitForResponse((response) => response.url().endsWith('/cancel'))
    await page.locator('purser-widget').getByRole('button', { name: 'Stop answering' }).click()
    await expect.poll(async () => (await linesOf(page)).at(-1)).toMatchObject({ kind: 'assistant', state: 'stopped' })
    // The line says so before the server has decided; an answer that is whole by then would win.
    expect((await told).ok()).toBe(true)
    held.release()
    bench.api.agent.does(() => agentAnswer({ text: ANSWER }))
    await ask(page, 'And another one?')
    await answered(page)
    expect((await linesOf(page)).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'shopper sent',
      'assistant stopped',
      'shopper sent',
      'assistant done',
    ])
  })
})
