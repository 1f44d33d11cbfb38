import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { agentAnswer } from '../../../test/fakes/scripted-agent.ts'
import { chatBench, said } from '../../../test/fixtures/chat-bench.ts'
import type { ChatState } from '../chat.port.ts'

let bench: Awaited<ReturnType<typeof chatBench>>
beforeAll(async () => {
  bench = await chatBench()
})
beforeEach(async () => {
  bench.api.agent.does(({ text, customer }) => agentAnswer({ text: `About ${text} for ${customer ?? 'a guest'}.` }))
  await asks('none')
})
afterAll(() => bench.close())

const idle = ({ busy, entries }: ChatState) => !busy && entries.at(-1)?.kind === 'assistant'
async function opened(...given: Parameters<typeof bench.tab>) {
  const tab = bench.tab(...given)
  await tab.page.start()
  tab.page.seen(true)
  return tab
}
async function asks(consent: 'none' | 'required', version = '1') {
  const { api } = bench
  const settings = { privacy: { version, notice: 'We keep this chat for a year.', url: null, consent } }
  await api.shops.put({ id: api.shop, name: 'one', defaultLocale: 'en', currency: 'EUR', settings }, api.signal)
}
const tokenOf = (sub: string, at = 3_600) =>
  new SignJWT({ sub, name: sub, exp: Math.floor(bench.api.clock.now().getTime() / 1000) + at })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(bench.api.identitySecret))

describe('consent', () => {
  test('comes before anything is sent or stored, and is recorded with its version', async () => {
    await asks('required')
    const { page, net, browser, until } = await opened()
    page.setDraft('Hello?')
    expect(page.state.phase).toBe('consent')
    expect(await page.send('Hello?')).toBe(false)
    expect(net.seen.map(({ method }) => method)).toEqual(['GET'])
    expect([...browser.stored]).toEqual([])
    await page.acceptPrivacy()
    expect(page.state.phase).toBe('ready')
    await page.send('Hello?')
    await until(idle)
    const session = net.seen.find(({ path }) => path === '/v1/sessions')
    expect(JSON.parse(session?.body ?? '')).toMatchObject({ consent: { version: '1' } })
    const reloaded = await opened(browser)
    expect(reloaded.page.state.phase).toBe('ready')
  })

  test('is asked for again when the notice changed', async () => {
    await asks('required')
    const { page, browser } = await opened()
    await page.acceptPrivacy()
    await asks('required', '2')
    expect((await opened(browser)).page.state.phase).toBe('consent')
  })

  test('that became needed while the page was open is asked for, and the message is kept', async () => {
    const { page, until } = await opened()
    await asks('required', '3')
    await page.send('Still here?')
    expect((await until(({ phase }) => phase === 'consent')).entries).toMatchObject([{ text: 'Still here?' }])
    await page.acceptPrivacy()
    expect(said(await until(idle))).toEqual(['shopper: Still here?', 'assistant: About Still here? for a guest.'])
  })
})

describe('who is asking', () => {
  test('is the customer of the shop’s token, by name', async () => {
    const token = await tokenOf('ada')
    const { page, until } = await opened(undefined, { identityToken: () => token })
    await page.send('Mine?')
    expect(said(await until(idle))).toEqual(['shopper: Mine?', 'assistant: About Mine? for ada.'])
    expect(page.state.customer).toEqual({ name: 'ada' })
  })

  test('keeps a customer’s conversation over a new token and a new session', async () => {
    let token = await tokenOf('ada')
    const { page, browser, until } = await opened(undefined, { identityToken: () => token })
    await page.send('Mine?')
    await until(idle)
    token = await tokenOf('ada', 7_200)
    const [key, session] = [...browser.stored].find(([name]) => name.endsWith(':session')) ?? ['', '{}']
    browser.stored.set(key, JSON.stringify({ ...JSON.parse(session), token: 'refused' }))
    await page.send('And now?')
    const done = await until(({ entries, busy }) => entries.length === 4 && !busy)
    expect(said(done)[3]).toBe('assistant: About And now? for ada.')
    expect(done.begunAnew).toBeNull()
  })

  test('begins anew when somebody else signs in, showing nothing of before', async () => {
    let token: string | null = await tokenOf('ada')
    const { page, until } = await opened(undefined, { identityToken: () => token })
    await page.send('Mine?')
    await until(idle)
    token = null
    page.seen(true)
    expect(page.state).toMatchObject({ entries: [], customer: null, begunAnew: 'identity' })
    await page.send('And I?')
    expect(said(await until(idle))).toEqual(['shopper: And I?', 'assistant: About And I? for a guest.'])
  })

  test('finds a customer’s conversation again when they come back', async () => {
    let token: string | null = await tokenOf('grace')
    const { page, until, browser } = await opened(undefined, { identityToken: () => token })
    await page.send('Mine?')
    await until(idle)
    token = null
    page.seen(true)
    expect([...browser.stored.keys()].filter((key) => key.endsWith(':session'))).toEqual([])
    await page.send('And I?')
    await until(idle)
    token = await tokenOf('grace')
    page.seen(true)
    expect(said(await until((state) => idle(state) && said(state)[0] === 'shopper: Mine?'))).toEqual([
      ...['shopper: Mine?', 'assistant: About Mine? for grace.'],
    ])
  })

  test('is a guest where the shop’s token is not valid any more', async () => {
    const token = await tokenOf('ada', -3_600)
    const { page, until } = await opened(undefined, { identityToken: () => token })
    await page.send('Late?')
    expect(said(await until(idle))[1]).toBe('assistant: About Late? for a guest.')
  })

  test('begins a guest’s conversation anew when the session has ended, says so, and still sends', async () => {
    const { page, browser, until } = await opened()
    await page.send('Before?')
    await until(idle)
    page.dispose()
    const [key, session] = [...browser.stored].find(([name]) => name.endsWith(':session')) ?? ['', '{}']
    browser.stored.set(key, JSON.stringify({ ...JSON.parse(session), expiresAt: new Date(0).toISOString() }))
    const reloaded = await opened(browser)
    expect(reloaded.page.state).toMatchObject({ entries: [], begunAnew: 'expired' })
    await reloaded.page.send('After?')
    const done = await reloaded.until(idle)
    expect(done.begunAnew).toBeNull()
    expect(said(done)).toEqual(['shopper: After?', 'assistant: About After? for a guest.'])
  })

  test('tells that a conversation is gone when the server does not have it any more', async () => {
    const { page, until } = await opened()
    await page.send('Before?')
    await until(idle)
    await bench.api
      .asOwner(`update conversations set session = 'ses_else', customer_id = 'else' where true`)
      .catch(() => {})
    await bench.api.asOwner(`delete from sessions where true`).catch(() => {})
    await page.send('After?')
    const done = await until((state) => state.begunAnew === 'expired' && idle(state))
    expect(said(done)).toEqual(['shopper: After?', 'assistant: About After? for a guest.'])
  })
})

describe('proof of an order', () => {
  test('is asked for by the answer, and once given the question is asked again by itself', async () => {
    bench.api.agent.does(({ unlockedOrders }) =>
      unlockedOrders.length
        ? agentAnswer({ text: 'It is on its way.', route: 'order' })
        : agentAnswer({ text: 'Please prove it is yours.', route: 'order', needs: 'order_proof' }),
    )
    const { page, until } = await opened()
    await page.send('Where is A-1001?')
    expect((await until(idle)).proof).toEqual({ step: 'ask' })
    await page.proveOrder({ orderNumber: 'A-1001', email: 'ada@shop.example' })
    expect(page.state.proof).toMatchObject({ step: 'code', refused: false })
    await page.enterCode('000000')
    expect(page.state.proof).toMatchObject({ step: 'code', refused: true })
    await bench.api.idle()
    await page.enterCode(/\b\d{6}\b/.exec(bench.api.sent.at(-1)?.text ?? '')?.[0] ?? '')
    expect(page.state.proof).toEqual({ step: 'unlocked', orderId: 'A-1001' })
    expect(said(await until(({ entries, busy }) => entries.length === 4 && !busy)).slice(2)).toEqual([
      ...['shopper: Where is A-1001?', 'assistant: It is on its way.'],
    ])
  })
})

describe('what a shopper may do with it', () => {
  async function answered() {
    const tab = await opened()
    await tab.page.send('Returns?')
    const { entries } = await tab.until(idle)
    return { ...tab, key: entries[1]?.key ?? '' }
  }

  test('an answer is rated, differently as well, over a reload', async () => {
    const { page, browser, key } = await answered()
    await page.rate(key, { helpful: false, reason: 'wrong', comment: 'password: hunter2' })
    expect(page.state.entries[1]).toMatchObject({ feedback: { helpful: false, comment: 'password: ••••' } })
    await page.rate(key, { helpful: true, reason: 'solved' })
    const reloaded = await opened(browser)
    expect(reloaded.page.state.entries[1]).toMatchObject({
      key,
      feedback: { helpful: true, reason: 'solved', comment: null },
    })
  })

  test('everything is exported, and erased here and there with a receipt', async () => {
    const { page, browser } = await answered()
    expect((await page.myData()).conversations[0]?.messages.length).toBe(2)
    page.setDraft('a thought')
    expect(await page.eraseMyData()).toMatchObject({ conversations: 1, messages: 2 })
    expect([...browser.stored]).toEqual([])
    expect(page.state).toMatchObject({ entries: [], draft: '', begunAnew: 'erased' })
    expect((await page.myData()).conversations).toEqual([])
  })

  test('another conversation is begun, and the old one is not shown', async () => {
    const { page, until } = await answered()
    await page.startOver()
    expect(page.state).toMatchObject({ entries: [], begunAnew: null })
    await page.send('New?')
    expect(said(await until(idle))).toEqual(['shopper: New?', 'assistant: About New? for a guest.'])
  })
})
