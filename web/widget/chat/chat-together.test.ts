import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { memoryBrowser } from '../../../test/fakes/memory-browser.ts'
import { agentAnswer, heldAnswer } from '../../../test/fakes/scripted-agent.ts'
import { chatBench, said } from '../../../test/fixtures/chat-bench.ts'
import type { ChatState } from '../chat.port.ts'

let bench: Awaited<ReturnType<typeof chatBench>>
let grace: string
beforeAll(async () => {
  bench = await chatBench()
  grace = (await bench.api.operator('agent', 'Grace')).token
})
beforeEach(() => bench.api.agent.does(({ text }) => agentAnswer({ text: `About ${text}` })))
afterAll(() => bench.close())

const idle = ({ busy, entries }: ChatState) => !busy && entries.at(-1)?.kind === 'assistant'
async function opened(...given: Parameters<typeof bench.tab>) {
  const tab = bench.tab(...given)
  await tab.page.start()
  tab.page.seen(true)
  return tab
}
const asked = (text: string) => bench.api.agent.asked.filter((input) => input.text === text).length
const messages = async (text: string) =>
  (await bench.api.asOwner(`select 1 from messages where role = 'shopper' and text = '${text}'`)).length

describe('offline', () => {
  test('keeps a message, marks it, and sends it once on return', async () => {
    const { page, browser, until } = await opened()
    browser.setOnline(false)
    expect(await page.send('Offline?')).toBe(true)
    expect(page.state).toMatchObject({
      connection: 'offline',
      failure: { what: 'offline' },
      busy: false,
      entries: [{ text: 'Offline?', state: 'queued' }],
    })
    browser.setOnline(true)
    expect(said(await until(idle))).toEqual(['shopper: Offline?', 'assistant: About Offline?'])
    expect(page.state).toMatchObject({ connection: 'online', failure: null })
    expect(await messages('Offline?')).toBe(1)
  })

  test('keeps it over a reload, and two tabs send it once', async () => {
    const { page, browser } = await opened()
    browser.setOnline(false)
    await page.send('Kept?')
    await page.send('And this?')
    page.dispose()
    const [one, two] = [await opened(browser), await opened(browser)]
    expect(said(two.page.state)).toEqual(['shopper: Kept? (queued)', 'shopper: And this? (queued)'])
    browser.setOnline(true)
    const done = await Promise.all(
      [one, two].map(({ until }) => until((state) => state.entries.length === 4 && idle(state))),
    )
    for (const state of done)
      expect(said(state)).toEqual([
        ...['shopper: Kept?', 'assistant: About Kept?', 'shopper: And this?', 'assistant: About And this?'],
      ])
    expect([await messages('Kept?'), asked('Kept?')]).toEqual([1, 1])
    const sent = [...one.net.seen, ...two.net.seen].filter(({ path }) => path.endsWith('/messages'))
    expect(sent.length).toBe(2)
  })

  test('sends what a failing line kept back as soon as the network is there again', async () => {
    const clock = manualClock(bench.api.clock.now())
    const { page, browser, net, until } = await opened(undefined, { clock })
    net.goes(() => ({ do: 'refuse' }))
    await page.send('Tunnel?')
    await expect.poll(() => net.seen.length).toBeGreaterThan(1)
    browser.setOnline(false)
    await clock.advance(10_000)
    expect(page.state).toMatchObject({ failure: { what: 'offline' }, entries: [{ state: 'queued' }] })
    net.goes(() => ({ do: 'pass' }))
    browser.setOnline(true)
    expect(said(await until(idle))).toEqual(['shopper: Tunnel?', 'assistant: About Tunnel?'])
  })
})

describe('two tabs', () => {
  test('show the same messages, each once, whoever sends them', async () => {
    const one = await opened()
    await one.page.send('First?')
    await one.until(idle)
    const two = await opened(one.browser)
    expect(said(two.page.state)).toEqual(said(one.page.state))
    await two.page.send('Second?')
    const whole = ['shopper: First?', 'assistant: About First?', 'shopper: Second?', 'assistant: About Second?']
    for (const { until } of [one, two])
      expect(said(await until(({ entries, busy }) => entries.length === 4 && !busy))).toEqual(whole)
    expect(one.page.state.entries.map(({ key }) => key)).toEqual(two.page.state.entries.map(({ key }) => key))
    expect(asked('Second?')).toBe(1)
  })

  test('open one session and one conversation when both begin at once', async () => {
    const browser = memoryBrowser()
    const tabs = [await opened(browser), await opened(browser)]
    await Promise.all(tabs.map(({ page }, index) => page.send(`At once ${index}?`)))
    for (const { until } of tabs) await until(({ entries, busy }) => entries.length === 4 && !busy)
    const seen = tabs.flatMap(({ net }) => net.seen.map(({ method, path }) => `${method} ${path}`))
    expect(seen.filter((call) => call === 'POST /v1/sessions').length).toBe(1)
    expect(seen.filter((call) => call === 'POST /v1/conversations').length).toBe(1)
  })

  test('leave a conversation together', async () => {
    const one = await opened()
    await one.page.send('First?')
    await one.until(idle)
    const two = await opened(one.browser)
    await one.page.startOver()
    expect((await two.until(({ entries }) => entries.length === 0)).phase).toBe('ready')
    await two.page.send('Anew?')
    expect(said(await two.until(idle))).toEqual(['shopper: Anew?', 'assistant: About Anew?'])
  })

  test('do not wait for one that sleeps in the middle of sending', async () => {
    const held = heldAnswer(({ text }) => agentAnswer({ text: `About ${text}` }))
    bench.api.agent.does(held.script)
    const asleep = await opened()
    await asleep.page.send('Zzz?')
    await held.started
    const clock = manualClock(bench.api.clock.now())
    const awake = await opened(asleep.browser, { clock })
    await clock.advance(8_000)
    held.release()
    expect(said(await awake.until(idle))).toEqual(['shopper: Zzz?', 'assistant: About Zzz?'])
    expect(asked('Zzz?')).toBe(1)
  })
})

describe('a person', () => {
  async function handedOver() {
    const tab = await opened()
    await tab.page.send('Hello?')
    await tab.until(idle)
    await tab.page.askForPerson({ reason: 'please', contact: 'ada@shop.example' })
    const id = tab.page.state.handoff?.id
    const desk = (step: string, body: object = {}) =>
      bench.api.call('POST', `/v1/handoffs/${id}/${step}`, { token: grace, body })
    return { ...tab, desk }
  }
  const last = ({ entries }: ChatState) => entries.at(-1)

  test('is told as lines: waiting, who has it, what they write, and that it is over', async () => {
    const { page, desk, until, browser } = await handedOver()
    expect(page.state.handoff).toMatchObject({ status: 'waiting', contact: 'ada@shop.example' })
    await desk('claim')
    await until(({ handoff }) => handoff?.status === 'claimed')
    await desk('reply', { text: 'I am Grace.', clientMessageId: 'g1' })
    await until((state) => last(state)?.kind === 'person')
    await page.send('Thank you')
    await until(({ busy, entries }) => !busy && entries.length === 6)
    await desk('resolve')
    const over = await until(({ handoff }) => handoff === null)
    expect(said(over)).toEqual([
      ...['shopper: Hello?', 'assistant: About Hello?', 'handoff: waiting', 'handoff: claimed'],
      ...['person: I am Grace.', 'shopper: Thank you', 'handoff: resolved'],
    ])
    expect(over.entries[4]).toMatchObject({ name: 'Grace' })
    const reloaded = await opened(browser)
    expect(said(await reloaded.until(({ entries }) => entries.length === 5))).toEqual([
      ...['shopper: Hello?', 'assistant: About Hello?', 'person: I am Grace.', 'shopper: Thank you'],
      'handoff: resolved',
    ])
    expect(reloaded.page.state.handoff).toBeNull()
  })

  test('is counted as unread while the panel is closed and followed once it is open again', async () => {
    const { page, desk, until } = await handedOver()
    await desk('claim')
    await until(({ handoff }) => handoff?.status === 'claimed')
    page.seen(false)
    await desk('reply', { text: 'Are you there?', clientMessageId: 'g2' })
    page.seen(true)
    expect(await until((state) => last(state)?.kind === 'person')).toMatchObject({ unread: 0 })
  })
})

test('an answer that comes while the panel is closed is unread until it is opened', async () => {
  const { page, until } = await opened()
  await page.send('Later?')
  page.seen(false)
  expect(await until(idle)).toMatchObject({ unread: 1 })
  page.seen(true)
  expect(page.state.unread).toBe(0)
})
