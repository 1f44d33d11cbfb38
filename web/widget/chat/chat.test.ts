import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { agentAnswer, heldAnswer } from '../../../test/fakes/scripted-agent.ts'
import { chatBench, said } from '../../../test/fixtures/chat-bench.ts'
import type { ChatState } from '../chat.port.ts'

let bench: Awaited<ReturnType<typeof chatBench>>
beforeAll(async () => {
  bench = await chatBench()
})
beforeEach(() => bench.api.agent.does(() => agentAnswer({ text: 'Within 30 days. The label is free.' })))
afterAll(() => bench.close())

const ANSWERED = ['shopper: Returns?', 'assistant: Within 30 days. The label is free.']
const idle = ({ busy, entries }: ChatState) => !busy && entries.at(-1)?.kind === 'assistant'
/** An open tab that is seen. */
async function opened(...given: Parameters<typeof bench.tab>) {
  const tab = bench.tab(...given)
  await tab.page.start()
  tab.page.seen(true)
  return tab
}
const keys = ({ entries }: ChatState) => entries.map(({ key }) => key)
/** How often the agent was asked this. */
const asked = (text: string) => bench.api.agent.asked.filter((input) => input.text === text).length

describe('a conversation', () => {
  test('shows question and answer, each once, under the same keys after a reload', async () => {
    const { page, browser, until } = await opened()
    expect(page.state).toMatchObject({ phase: 'ready', entries: [], busy: false, failure: null })
    expect(await page.send('Returns?')).toBe(true)
    expect(page.state).toMatchObject({ busy: true, entries: [{ state: 'sending' }, { state: 'working' }] })
    const done = await until(idle)
    expect(said(done)).toEqual(ANSWERED)
    page.dispose()
    const reloaded = await opened(browser)
    expect(said(reloaded.page.state)).toEqual(ANSWERED)
    expect(keys(reloaded.page.state)).toEqual(keys(done))
  })

  test('opens no session and stores nothing before the first message', async () => {
    const { net, browser } = await opened()
    expect(net.seen.map(({ path }) => path)).toEqual(['/v1/widget?key=pk_one&locale=en'])
    expect([...browser.stored.keys()]).toEqual([])
  })

  test('grows an answer’s text without ever changing what was shown', async () => {
    const { page, states, until, net } = await opened()
    net.goes(({ path }, nth) =>
      path.endsWith('/messages') && nth < 7 ? { do: 'cut', after: 200 + 150 * nth } : { do: 'pass' },
    )
    await page.send('Returns?')
    await until(idle)
    const shown = states.map(({ entries }) => entries.find(({ kind }) => kind === 'assistant'))
    const texts = shown.map((entry) => (entry?.kind === 'assistant' ? entry.text : ''))
    for (const [index, text] of texts.entries()) expect(text.startsWith(texts[index - 1] ?? '')).toBe(true)
    expect(new Set(texts).size).toBeGreaterThan(2)
    expect(new Set(shown.flatMap((entry) => (entry ? [entry.key] : []))).size).toBe(1)
    expect(said(page.state)).toEqual(ANSWERED)
  })

  test('says what is being done, in order', async () => {
    const held = heldAnswer()
    bench.api.agent.does(held.script)
    const { page, until } = await opened()
    await page.send('Returns?')
    const working = await until(({ entries }) => entries[1]?.kind === 'assistant' && entries[1].stages.length === 2)
    expect(working.entries[1]).toMatchObject({ state: 'working', stages: ['understanding', 'searching'] })
    held.release()
    await until(idle)
  })

  test('refuses empty and overlong text', async () => {
    const { page } = await opened()
    expect([await page.send('  \n'), await page.send('x'.repeat(4_001))]).toEqual([false, false])
    expect(page.state.entries).toEqual([])
  })

  test('W51 masks card numbers and passwords before they leave or are kept', async () => {
    const { page, until, net, browser } = await opened()
    page.setDraft('card 4111 1111 1111 1111')
    expect(page.state.draft).toContain('4111 1111')
    expect([...browser.stored.values()].join()).toContain('•••• 1111')
    await page.send('My card is 4111 1111 1111 1111, password: hunter2')
    await until(idle)
    await page.askForPerson({ reason: 'password: hunter2' })
    const sent = net.seen.map(({ body }) => body).join() + [...browser.stored.values()].join()
    expect(sent).toContain('•••• 1111')
    expect(sent).not.toMatch(/4111 1111|hunter2/)
  })

  test('continues the same answer after a reload in the middle, without asking the agent again', async () => {
    const held = heldAnswer()
    bench.api.agent.does(held.script)
    const { page, browser } = await opened()
    await page.send('In the middle?')
    await held.started
    page.dispose()
    const reloaded = await opened(browser)
    const [question] = reloaded.page.state.entries
    expect(question).toMatchObject({ kind: 'shopper', text: 'In the middle?' })
    expect(reloaded.page.state.busy).toBe(true)
    held.release()
    const done = await reloaded.until(idle)
    expect(said(done)).toEqual(['shopper: In the middle?', 'assistant: You asked: In the middle?'])
    expect(asked('In the middle?')).toBe(1)
    expect([...browser.stored.keys()].filter((key) => key.includes(':out:'))).toEqual([])
  })

  test('keeps a draft over a reload, and lets it go once it is sent', async () => {
    const { page, browser, until } = await opened()
    page.setDraft('Returns?')
    page.dispose()
    const reloaded = await opened(browser)
    expect(reloaded.page.state.draft).toBe('Returns?')
    await reloaded.page.send('Returns?')
    expect(reloaded.page.state.draft).toBe('')
    await reloaded.until(idle)
    expect(until).toBeDefined()
  })
})

describe('stopping', () => {
  test('keeps what was shown, marks it, and tells the server', async () => {
    const held = heldAnswer()
    bench.api.agent.does(held.script)
    const { page, until, net } = await opened()
    await page.send('Long?')
    await held.started
    await until(({ entries }) => entries[0]?.kind === 'shopper' && entries[0].state === 'sent')
    await page.stop()
    held.release()
    expect(page.state).toMatchObject({ busy: false, failure: null })
    expect(page.state.entries.map((entry) => 'state' in entry && entry.state)).toEqual(['sent', 'stopped'])
    expect(net.seen.filter(({ path }) => path.endsWith('/cancel')).length).toBe(1)
    bench.api.agent.does(() => agentAnswer({ text: 'Next.' }))
    await page.send('And?')
    const next = await until(({ entries }) => entries.length === 4 && !page.state.busy)
    expect(said(next).slice(2)).toEqual(['shopper: And?', 'assistant: Next.'])
  })

  test('shows the whole answer when it was complete before', async () => {
    const { page, until, net, clock } = await opened()
    net.goes(({ path }) => (path.endsWith('/messages') ? { do: 'stall', after: 420 } : { do: 'pass' }))
    await page.send('Returns?')
    await until(({ entries }) => entries[1]?.kind === 'assistant' && entries[1].state === 'streaming')
    net.goes(() => ({ do: 'pass' }))
    await page.stop()
    await clock.advance(9_000)
    const done = await until(({ entries }) => entries[1]?.kind === 'assistant' && entries[1].state === 'done')
    expect(said(done)).toEqual(ANSWERED)
  })
})

describe('what fails', () => {
  const asking = (path: string) => path.endsWith('/messages')

  test.each([
    ['unreachable', { do: 'answer', status: 503 }],
    ['unreachable', { do: 'refuse' }],
    ['server', { do: 'answer', status: 500 }],
    ['timeout', { do: 'hang' }],
    ['malformed', { do: 'answer', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
  ] as const)(
    'is shown as %s within 10 s, what was written is kept, and trying again sends it once',
    async (what, mishap) => {
      const clock = manualClock(bench.api.clock.now())
      const { page, until, net } = await opened(undefined, { clock })
      net.goes(({ path }) => (asking(path) ? mishap : { do: 'pass' }))
      await page.send('Returns?')
      await expect.poll(() => net.seen.some(({ path }) => asking(path))).toBe(true)
      await clock.advance(10_000)
      const failed = await until(({ failure }) => failure !== null)
      expect(failed).toMatchObject({ busy: false, failure: { what }, entries: [{ text: 'Returns?', state: 'failed' }] })
      net.goes(() => ({ do: 'pass' }))
      await page.retry()
      expect(said(await until(idle))).toEqual(ANSWERED)
      expect(page.state.failure).toBeNull()
    },
  )

  test('is tried again by itself at the time that is shown, not before', async () => {
    const clock = manualClock(bench.api.clock.now())
    const { page, until, net } = await opened(undefined, { clock })
    net.goes(({ path }) =>
      asking(path) ? { do: 'answer', status: 503, headers: { 'retry-after': '20' } } : { do: 'pass' },
    )
    await page.send('Returns?')
    const { failure } = await until((state) => state.failure !== null)
    expect(failure).toMatchObject({ what: 'unreachable', retryAt: new Date(clock.now().getTime() + 20_000) })
    net.goes(() => ({ do: 'pass' }))
    await clock.advance(19_999)
    expect(page.state.failure).toEqual(failure)
    await clock.advance(1)
    expect(said(await until(idle))).toEqual(ANSWERED)
  })

  test('after many times is tried again only when the shopper wishes', async () => {
    const clock = manualClock(bench.api.clock.now(), 60_000)
    const { page, until, net } = await opened(undefined, { clock })
    net.goes(({ path }) => (asking(path) ? { do: 'refuse' } : { do: 'pass' }))
    await page.send('Returns?')
    await until(({ failure }) => failure !== null && 'retryAt' in failure && failure.retryAt === null)
    const tried = net.seen.length
    await clock.advance(600_000)
    expect(net.seen.length).toBe(tried)
  })

  test('by too many requests is held back as long as the server says, and then sent once', async () => {
    const clock = manualClock(bench.api.clock.now())
    const { page, until, net } = await opened(undefined, { clock })
    net.goes(({ path }) =>
      asking(path) ? { do: 'answer', status: 429, headers: { 'retry-after': '7' } } : { do: 'pass' },
    )
    await page.send('Returns?')
    const { failure } = await until((state) => state.failure !== null)
    expect(failure).toEqual({ what: 'rate_limited', until: new Date(clock.now().getTime() + 7_000) })
    expect(page.state.entries).toMatchObject([{ text: 'Returns?', state: 'queued' }])
    expect(await page.send('More?')).toBe(false)
    net.goes(() => ({ do: 'pass' }))
    await clock.advance(6_999)
    expect(page.state.failure).not.toBeNull()
    await clock.advance(1)
    expect(said(await until(idle))).toEqual(ANSWERED)
  })

  test('while starting is shown, and starting goes on once the server is back', async () => {
    const clock = manualClock(bench.api.clock.now())
    const { page, until, net } = bench.tab(undefined, { clock })
    net.goes(() => ({ do: 'answer', status: 503 }))
    await page.start()
    expect(page.state).toMatchObject({ phase: 'unavailable', failure: { what: 'unreachable' } })
    net.goes(() => ({ do: 'pass' }))
    await clock.advance(10_000)
    await until(({ phase, failure }) => phase === 'ready' && failure === null)
  })

  test('because the page may not is said as such', async () => {
    const { page, net } = bench.tab()
    net.goes(() => ({ do: 'answer', status: 403, body: '{"code":"api.origin.refused","fault":"user"}' }))
    await page.start()
    expect(page.state).toMatchObject({
      phase: 'unavailable',
      failure: { what: 'not_allowed', code: 'api.origin.refused' },
    })
  })
})
