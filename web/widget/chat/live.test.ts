import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { chatBench } from '../../../test/fixtures/chat-bench.ts'

let bench: Awaited<ReturnType<typeof chatBench>>
let grace: string
beforeAll(async () => {
  bench = await chatBench()
  grace = (await bench.api.operator('agent', 'Grace')).token
})
afterAll(() => bench.close())

/** An open tab in a conversation that Grace has; `write` resolves when the page has what she wrote. */
async function withGrace() {
  const clock = manualClock(bench.api.clock.now())
  const tab = bench.tab(undefined, { clock })
  await tab.page.start()
  tab.page.seen(true)
  await tab.page.askForPerson({ contact: 'ada@shop.example' })
  const handoff = tab.page.state.handoff?.id
  const desk = (step: string, body: object = {}) =>
    bench.api.call('POST', `/v1/handoffs/${handoff}/${step}`, { token: grace, body })
  await desk('claim')
  const write = async (text: string) => {
    const stored = await desk('reply', { text, clientMessageId: text })
    return ((await stored.json()) as { id: string }).id
  }
  const has = (text: string) =>
    tab.until(({ entries }) => entries.some((entry) => 'text' in entry && entry.text === text))
  const receipts = () =>
    tab.net.seen.filter(({ path }) => path.endsWith('/seen')).map(({ body }) => JSON.parse(body).upTo)
  const seen = async (id: string) =>
    (await bench.api.asOwner(`select seen_at is not null as seen from messages where id = '${id}'`))[0]?.seen
  return { ...tab, clock, write, has, receipts, seen }
}

test('what a person wrote and is in sight is told once, together with what they write within two seconds', async () => {
  const { write, has, receipts, seen, clock, browser } = await withGrace()
  const one = await write('One')
  await has('One')
  await clock.advance(1_999)
  expect(receipts()).toEqual([])
  const two = await write('Two')
  await has('Two')
  await clock.advance(1)
  await expect.poll(() => seen(two)).toBe(true)
  expect(await seen(one)).toBe(true)
  const three = await write('Three')
  await has('Three')
  browser.setShown(true)
  await clock.advance(2_000)
  await expect.poll(() => seen(three)).toBe(true)
  await clock.advance(10_000)
  expect(receipts()).toEqual([two, three])
})

test('nothing is told while the page is behind another or the panel is closed, and all once it is seen', async () => {
  const { page, write, has, receipts, seen, clock, browser } = await withGrace()
  await write('One')
  await has('One')
  browser.setShown(false)
  await clock.advance(10_000)
  browser.setShown(true)
  page.seen(false)
  const two = await write('Two')
  await clock.advance(10_000)
  expect(receipts()).toEqual([])
  page.seen(true)
  await has('Two')
  await clock.advance(2_000)
  await expect.poll(() => seen(two)).toBe(true)
  expect(receipts()).toEqual([two])
})

test('what cannot be told offline is told once the network is back, and nobody is bothered with it', async () => {
  const { page, net, write, has, seen, clock, browser } = await withGrace()
  const id = await write('One')
  await has('One')
  browser.setOnline(false)
  net.goes(() => ({ do: 'refuse' }))
  await clock.advance(30_000)
  expect(await seen(id)).toBe(false)
  net.goes(() => ({ do: 'pass' }))
  browser.setOnline(true)
  await clock.advance(12_000)
  await expect.poll(() => seen(id)).toBe(true)
  expect(page.state.failure).toBeNull()
})

test('a server that is away is told again after a pause; one that refuses is not', async () => {
  const { page, net, write, has, receipts, seen, clock } = await withGrace()
  let status = 503
  net.goes(({ path }) => (path.endsWith('/seen') && status > 0 ? { do: 'answer', status } : { do: 'pass' }))
  const one = await write('One')
  await has('One')
  await clock.advance(2_000)
  expect(receipts()).toEqual([one])
  // With chance in the middle.
  await clock.advance(8_999)
  expect(receipts()).toEqual([one])
  status = 429
  await clock.advance(1)
  expect(receipts()).toEqual([one, one])
  status = 0
  await clock.advance(9_000)
  await expect.poll(() => seen(one)).toBe(true)
  expect(page.state.failure).toBeNull()
  status = 404
  const two = await write('Two')
  await has('Two')
  await clock.advance(60_000)
  expect(receipts()).toEqual([one, one, one, two])
})
