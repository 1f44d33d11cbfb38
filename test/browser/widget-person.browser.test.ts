import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { agentAnswer, heldAnswer } from '../fakes/scripted-agent.ts'
import { ALWAYS_OPEN } from '../fixtures/handoff-builder.ts'
import { browserBench, describeInBrowser } from './browser.ts'
import { type WidgetBench, widgetBench } from './widget-bench.ts'
import { ask, inputOf, linesOf, logOf, openPanel, saidIn } from './widget-page.ts'

type Operator = Awaited<ReturnType<WidgetBench['api']['operator']>>
const QUESTION = 'My lamp arrived broken. What now?'
const HANDED_OVER = 'I do not know that for sure, so I have passed your question on.'

let bench: WidgetBench
let grace: Operator
beforeAll(async () => {
  bench = await widgetBench()
  grace = await bench.api.operator('agent', 'Grace Hopper')
})
afterAll(() => bench?.close())
beforeEach(async () => {
  bench.api.agent.does(({ text }) => agentAnswer({ text: `You asked: ${text}` }))
  await hours(ALWAYS_OPEN)
})
afterEach(async () => {
  bench.network.heal()
  await bench.api.asOwner(
    "update handoffs set status = 'resolved', resolution = 'resolved', resolved_at = now() where status <> 'resolved'",
  )
})
const browser = browserBench()

/** When the shop's people answer, from now on. */
async function hours(support: object): Promise<void> {
  const { shop, signal, shops } = bench.api
  const settings = { support: { queue: 'support', ...support } }
  await shops.put({ id: shop, name: 'Larkhaven', defaultLocale: 'en', currency: 'EUR', settings }, signal)
}

async function opened(timezoneId = 'UTC'): Promise<Page> {
  const { page } = await browser.visit(bench.pageUrl, { timezoneId })
  await openPanel(page)
  return page
}

const widget = (page: Page) => page.locator('purser-widget')
const talk = (page: Page) => widget(page).locator('[part~="person-button"]')
const sheet = (page: Page) => widget(page).getByRole('dialog', { name: 'Talk to a person' })
const card = (page: Page) => logOf(page).locator('[part~="handoff"]')
const strip = (page: Page) => widget(page).locator('[part~="strip"] .who')
const events = async (page: Page) => (await logOf(page).locator('.event').allInnerTexts()).map((text) => text.trim())

async function askForPerson(page: Page, contact = ''): Promise<void> {
  await talk(page).click()
  if (contact) await sheet(page).getByLabel('E-mail (optional)').fill(contact)
  await sheet(page).getByRole('button', { name: 'Ask for a person' }).click()
  await card(page).waitFor()
}

/** Milliseconds between the press of the button and the confirmation on the screen. */
async function confirmedAfter(page: Page): Promise<number> {
  const submit = sheet(page).getByRole('button', { name: 'Ask for a person' })
  await submit.waitFor()
  return submit.evaluate((button) => {
    const root = button.getRootNode() as ShadowRoot
    const started = performance.now()
    const shown = new Promise<number>((done) => {
      const look = () =>
        root.querySelector('[part~="handoff"]') ? done(performance.now() - started) : requestAnimationFrame(look)
      look()
    })
    ;(button as HTMLElement).click()
    return shown
  })
}

/** The newest hand-over as the desk sees it. */
async function newest(): Promise<{ id: string; conversation: string }> {
  const [row] = await bench.api.asOwner('select id, conversation from handoffs order by created_at desc limit 1')
  return row as { id: string; conversation: string }
}

async function desk(path: string, body: object = {}, operator = grace): Promise<void> {
  const { id } = await newest()
  const reply = await bench.api.call('POST', `/v1/handoffs/${id}/${path}`, { token: operator.token, body })
  expect([path, reply.status]).toEqual([path, 200])
}

const says = (text: string) => desk('reply', { text, clientMessageId: `said ${text}` })
/** Those of the conversation for which a person was asked last. */
function handoffs(): Promise<Record<string, unknown>[]> {
  const asked = bench.network.seen.findLast(({ path }) => path.endsWith('/handoff'))
  const [, conversation] = /conversations\/([^/]+)\//.exec(asked?.path ?? '') ?? []
  return bench.api.asOwner(`select status from handoffs where conversation = '${conversation}'`)
}
const answered = (page: Page, text: string) => logOf(page).getByText(`You asked: ${text}`).waitFor()

describeInBrowser('“Talk to a person”', () => {
  test('W24 is there and works before, during and after an answer, in failure and while waiting', async () => {
    const page = await opened()
    const works = async (state: string) => {
      expect([state, await talk(page).isEnabled()]).toEqual([state, true])
      await talk(page).click()
      const dialog = widget(page).locator('[part~="sheet"]')
      await dialog.waitFor()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    await works('before')
    const held = heldAnswer()
    bench.api.agent.does(held.script)
    await ask(page, QUESTION)
    await held.started
    await works('during')
    held.release()
    await answered(page, QUESTION)
    await works('after')
    bench.network.fail('POST', /\/messages$/, { kind: 'status', status: 500, body: '{}' }, 99)
    await ask(page, 'And now?')
    await widget(page).getByRole('alert').getByRole('button', { name: 'Talk to a person' }).waitFor()
    await works('in failure')
    bench.network.heal()
    await askForPerson(page)
    await works('waiting')
  })

  test('W25 is confirmed within a second, and stored before it is confirmed', async () => {
    const took: number[] = []
    // The quickest of three: whatever else a machine has to do is not the product’s time.
    while (took.length < 3 && !took.some((ms) => ms < 1_000)) {
      const page = await opened()
      await talk(page).click()
      took.push(await confirmedAfter(page))
      expect(await handoffs()).toEqual([{ status: 'waiting' }])
      await card(page).getByText('A person has been asked, and your request is recorded.').waitFor()
      expect(await strip(page).innerText()).toBe('Waiting for a person')
    }
    expect(Math.min(...took)).toBeLessThan(1_000)
  })

  test('W25 is not confirmed while the server has not stored it, and asked for once when it fails', async () => {
    const page = await opened()
    bench.network.fail('POST', /\/handoff$/, { kind: 'status', status: 500, body: '{}' }, 99)
    await talk(page).click()
    await sheet(page).getByRole('button', { name: 'Ask for a person' }).click()
    const retry = widget(page).getByRole('alert').getByRole('button', { name: 'Try again' })
    await retry.waitFor()
    expect(await card(page).count()).toBe(0)
    expect(await handoffs()).toEqual([])
    bench.network.heal()
    await retry.click().catch(() => {})
    await card(page).waitFor()
    expect(await handoffs()).toEqual([{ status: 'waiting' }])
  })
})

describeInBrowser('waiting', () => {
  test('W26 outside the hours says when it opens, in the shopper’s time, and takes an e-mail address', async () => {
    const now = bench.api.clock.now()
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
    const opens = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 2, 20, 30))
    await hours({
      timeZone: 'UTC',
      days: { [days[opens.getUTCDay()] ?? '']: ['20:30', '21:30'] },
      replyWithinMinutes: 30,
    })
    const page = await opened('Asia/Tokyo')
    // As this browser writes it: two versions of ICU need not agree on a zero or a comma.
    const when = await page.evaluate(
      (at) =>
        new Intl.DateTimeFormat('en-GB', {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          hour: 'numeric',
          minute: '2-digit',
          timeZone: 'Asia/Tokyo',
        }).format(at),
      opens.getTime(),
    )
    const closed = `Closed at the moment. Opens again ${when}, your time.`
    await talk(page).click()
    expect(await sheet(page).innerText()).toContain(closed)
    await sheet(page).getByLabel('E-mail (optional)').fill('ada@shop')
    await sheet(page).getByRole('button', { name: 'Ask for a person' }).click()
    await sheet(page).getByRole('alert').filter({ hasText: 'Please enter an address' }).waitFor()
    await sheet(page).getByLabel('E-mail (optional)').fill('')
    await sheet(page).getByRole('button', { name: 'Ask for a person' }).click()
    await card(page).waitFor()
    const shown = await card(page).innerText()
    expect(shown).toContain(closed)
    const by = new Date(opens.getTime() + 30 * 60_000)
    expect(await card(page).locator('time').getAttribute('datetime')).toBe(by.toISOString())
    expect(shown).not.toMatch(/next in line|ahead of yours|right with you|shortly|soon/i)
    await card(page).getByRole('button', { name: 'Get the reply by e-mail' }).click()
    const dialog = widget(page).getByRole('dialog', { name: 'Waiting for a person' })
    await dialog.getByLabel('E-mail (optional)').fill('ada@shop.example')
    await dialog.getByRole('button', { name: 'Send the reply there' }).click()
    await card(page).getByText('The reply also goes to ada@shop.example.').waitFor()
    const { id } = await newest()
    expect(await bench.api.asOwner(`select contact from handoffs where id = '${id}'`)).toEqual([
      { contact: 'ada@shop.example' },
    ])
  })

  test('W26 while open says how many are ahead', async () => {
    const shown: string[] = []
    for (let shopper = 0; shopper < 3; shopper++) {
      const page = await opened()
      await askForPerson(page)
      shown.push(await card(page).innerText())
    }
    expect(shown[0]).toContain('Yours is next in line.')
    expect(shown[1]).toContain('1 request is ahead of yours.')
    expect(shown[2]).toContain('2 requests are ahead of yours.')
  })
})

describeInBrowser('a person', () => {
  test('W27 who has the conversation is told apart from the assistant, which is silent', async () => {
    const page = await opened()
    await ask(page, QUESTION)
    await answered(page, QUESTION)
    await askForPerson(page)
    await desk('claim')
    await logOf(page).getByText('Grace Hopper has joined and will answer you.').waitFor()
    expect(await strip(page).innerText()).toBe('Grace Hopper is helping you')
    expect(await inputOf(page).getAttribute('placeholder')).toBe('Write to Grace Hopper')
    const before = bench.api.agent.asked.length
    await ask(page, 'Here is what it looks like.')
    await expect.poll(async () => (await linesOf(page)).at(-1)).toMatchObject({ kind: 'shopper', state: 'sent' })
    await says('I am sending a new one today.')
    await logOf(page).getByText('I am sending a new one today.').waitFor()
    await ask(page, 'Thank you!')
    await expect.poll(async () => (await linesOf(page)).at(-1)).toMatchObject({ text: 'Thank you!', state: 'sent' })
    expect(await saidIn(page)).toEqual([
      `shopper: ${QUESTION}`,
      `assistant: You asked: ${QUESTION}`,
      'shopper: Here is what it looks like.',
      'person: I am sending a new one today.',
      'shopper: Thank you!',
    ])
    expect(bench.api.agent.asked.length).toBe(before)
    const byline = (kind: string) => logOf(page).locator(`[data-kind="${kind}"] .byline`).first()
    expect(await byline('person').locator('[part~="sender"]').innerText()).toBe('Grace Hopper')
    expect(await byline('person').locator('.avatar').innerText()).toBe('GH')
    expect(await byline('assistant').locator('[part~="sender"]').innerText()).toBe('Assistant')
    const looks = (kind: string) =>
      byline(kind)
        .locator('.avatar')
        .evaluate((avatar) => `${getComputedStyle(avatar).backgroundColor} ${getComputedStyle(avatar).color}`)
    expect(await looks('person')).not.toBe(await looks('assistant'))
  })

  test('W28 who closed it leaves nothing behind: the next message is the assistant’s, another wish another case', async () => {
    const page = await opened()
    await ask(page, QUESTION)
    await answered(page, QUESTION)
    await askForPerson(page)
    const first = await newest()
    await desk('claim')
    await says('It is on its way.')
    await desk('resolve')
    await logOf(page).getByText('Marked as solved. Write again any time.').waitFor()
    await expect.poll(() => strip(page).innerText()).toBe('Automated assistant')
    await ask(page, 'How long may I return it?')
    await answered(page, 'How long may I return it?')
    await page.reload()
    await answered(page, 'How long may I return it?')
    expect(await strip(page).innerText()).toBe('Automated assistant')
    // Of the closed case one line is left, where it ended.
    await expect
      .poll(async () => (await linesOf(page)).map(({ kind }) => kind))
      .toEqual(['shopper', 'assistant', 'person', 'handoff', 'shopper', 'assistant'])
    expect(await events(page)).toEqual(['Marked as solved. Write again any time.'])
    await askForPerson(page)
    const second = await newest()
    expect(second.conversation).toBe(first.conversation)
    expect(second.id).not.toBe(first.id)
  })

  test('W27 who gives it back is said so, and what was left without a reply is answered', async () => {
    const page = await opened()
    await askForPerson(page)
    await desk('claim')
    await says('Good morning.')
    await logOf(page).getByText('Good morning.').waitFor()
    await ask(page, 'Which bulb fits?')
    await expect.poll(async () => (await linesOf(page)).at(-1)).toMatchObject({ kind: 'shopper', state: 'sent' })
    await desk('return', { note: 'Only asks for a bulb.' })
    await logOf(page).getByText('You are back with the automated assistant.').waitFor()
    await answered(page, 'Which bulb fits?')
    await ask(page, 'And its colour?')
    await answered(page, 'And its colour?')
    expect(await widget(page).innerText()).not.toContain('Only asks for a bulb.')
  })

  test('W29 gets the question, what was tried and why, with what the shopper typed', async () => {
    bench.api.agent.does((_input, onProgress) => {
      onProgress('searching')
      return agentAnswer({
        outcome: 'handed_off',
        text: HANDED_OVER,
        handoffReason: 'low_confidence',
        summary: 'The shopper’s lamp arrived broken.',
        suggestedReply: 'We are sorry. A new lamp leaves today.',
        confidence: 0.4,
      })
    })
    const page = await opened()
    await ask(page, QUESTION)
    await card(page).waitFor()
    const { id } = await newest()
    const reply = await bench.api.call('GET', `/v1/handoffs/${id}`, { token: grace.token })
    expect(await reply.json()).toMatchObject({
      reason: 'low_confidence',
      status: 'waiting',
      packet: {
        question: QUESTION,
        summary: 'The shopper’s lamp arrived broken.',
        suggestedReply: 'We are sorry. A new lamp leaves today.',
        tried: ['understanding', 'searching'],
      },
      messages: [
        { role: 'shopper', text: QUESTION },
        { role: 'assistant', text: HANDED_OVER },
      ],
    })
    expect(await events(page)).toEqual([])
  })
})
