import { afterEach, expect, test } from 'vitest'
import type { HandoffDetail, Operator } from '../../../web/api-client/desk-shapes.ts'
import { browserBench, describeInBrowser, PHONE } from '../browser.ts'
import { eventually, focused, heading, reply, row, rows } from './at-desk.ts'
import { ME, ordinaryDesk, sampleHandoff } from './sample-handoffs.ts'
import { stubDesk } from './stub-desk.ts'

const browser = browserBench()
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const stub of open.splice(0)) await stub.close()
})

async function desk(
  path = '/console',
  options: { handoffs?: HandoffDetail[]; operator?: Operator | null; viewport?: typeof PHONE } = {},
) {
  const { handoffs = ordinaryDesk(new Date()), operator = ME, ...context } = options
  const stub = await stubDesk(handoffs, operator)
  open.push(stub)
  const { page, errors } = await browser.visit(stub.url + path, context)
  return { stub, page, errors }
}

describeInBrowser('the queue', () => {
  test('shows who waits, why and until when, the soonest due first, without a word against the policy', async () => {
    const { page, errors } = await desk()
    await rows(page).first().waitFor()
    expect(await rows(page).evaluateAll((links) => links.map((link) => (link as HTMLElement).dataset.id))).toEqual([
      'hnd_lamp',
      'hnd_bulb',
      'hnd_tent',
      'hnd_pot',
      'hnd_mine',
      'hnd_other',
    ])
    await eventually(() => row(page, 'hnd_lamp').innerText()).toMatch(
      /Johanna Petersen[\s\S]*Overdue by 12 min[\s\S]*My lamp[\s\S]*frustrated · waits 1 h/,
    )
    expect(await row(page, 'hnd_bulb').innerText()).toContain('Anonymous shopper')
    expect(await page.title()).toBe('(4) Desk – Purser')
    expect(errors).toEqual([])
  })

  test('P4 P30 keeps filter and hand-over in the address, also through back', async () => {
    const { page, stub } = await desk()
    await page.getByRole('link', { name: 'Mine 1' }).click()
    await row(page, 'hnd_mine').click()
    await eventually(() => page.url()).toBe(`${stub.url}/console?show=mine&handoff=hnd_mine`)
    expect(await rows(page).count()).toBe(1)
    await page.reload()
    await eventually(() => heading(page).innerText()).toBe('Amélie Roux')
    await page.goBack()
    await page.goBack()
    await eventually(() => rows(page).count()).toBe(6)
  })

  test('P8 moves no row under the pointer and says how many are new', async () => {
    const { page, stub } = await desk()
    await row(page, 'hnd_bulb').hover()
    const before = await row(page, 'hnd_bulb').boundingBox()
    for (const id of ['hnd_a', 'hnd_b', 'hnd_c']) stub.add(sampleHandoff(new Date(), { id, dueIn: -30 }))
    stub.change('hnd_lamp', { status: 'claimed', claimedBy: 'Oskar', claimedById: 'opr_oskar' })
    const pill = page.getByRole('button', { name: 'Show 3 new hand-overs' })
    await pill.waitFor()
    await eventually(() => row(page, 'hnd_lamp').innerText()).toContain('Oskar')
    expect(await row(page, 'hnd_bulb').boundingBox()).toEqual(before)
    await pill.click()
    expect(await rows(page).first().getAttribute('data-id')).toMatch(/hnd_[abc]/)
    expect(await focused(page)).toMatch(/hnd_[abc]/)
  })

  test('P9 is true again after the connection was lost, and says so meanwhile', async () => {
    const { page, stub } = await desk()
    await rows(page).first().waitFor()
    stub.down()
    await page.getByText('Live updates are lost.').waitFor()
    stub.add(sampleHandoff(new Date(), { id: 'hnd_missed', question: 'Did anybody see this?' }))
    stub.up()
    await page.getByRole('button', { name: 'Try now' }).click()
    await row(page, 'hnd_missed').waitFor()
    expect(await page.getByText('Live updates are lost.').count()).toBe(0)
  })

  test('P10 empty, filtered-empty, failed, forbidden and loading are five screens with a next step', async () => {
    const empty = await desk('/console', { handoffs: [] })
    await empty.page.getByText('Nobody is waiting').waitFor()
    await empty.page.getByRole('button', { name: 'See resolved ones' }).click()
    await empty.page.getByText('Nothing is resolved yet').waitFor()
    const filtered = await desk('/console?show=mine', { handoffs: ordinaryDesk(new Date()).slice(0, 2) })
    await filtered.page.getByText('You have no conversation').waitFor()
    await filtered.page.getByRole('button', { name: 'See who waits' }).click()
    await row(filtered.page, 'hnd_lamp').waitFor()

    const { stub, page } = await desk('/console?show=others')
    stub.fail(/GET \/v1\/handoffs$/, { status: 500, code: 'db.pool.broken' }, 99)
    await page.reload()
    await page.getByText('The hand-overs cannot be read').waitFor()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    stub.fail(/GET \/v1\/operator-sessions/, { status: 403, code: 'api.role.required' }, 99)
    await page.reload()
    await page.getByText('The desk is not open to your role').waitFor()
    stub.heal()
    stub.fail(/GET \/v1\/operator-sessions/, 'silence', 99)
    await page.reload()
    await page.getByText('Opening the desk').waitFor({ state: 'attached' })
  }, 60_000)

  test('P11 shows a hundred of ten thousand at once and more on demand', async () => {
    const now = new Date()
    const handoffs = Array.from({ length: 10_000 }, (_, at) => sampleHandoff(now, { id: `hnd_${at}`, dueIn: at }))
    const { page } = await desk('/console', { handoffs })
    await rows(page).first().waitFor()
    expect(await rows(page).count()).toBe(100)
    expect(await page.title()).toBe('(100+) Desk – Purser')
    await page.getByRole('button', { name: 'Show more' }).click()
    await eventually(() => rows(page).count()).toBe(200)
  })
})

describeInBrowser('a conversation', () => {
  test('W29 shows everything the assistant knew, and takes its suggestion into the reply', async () => {
    const { page } = await desk('/console?handoff=hnd_lamp')
    const known = page.getByRole('complementary', { name: 'What is known' })
    await known.waitFor()
    for (const text of [
      'Is it lost?',
      'Shopper is frustrated',
      'johanna@example.com',
      'Order LH-20417',
      '00340434161094042557',
      'Looked up the order',
      'Shipping and delivery',
      'has not been scanned since Thursday',
    ])
      await eventually(() =>
        page.locator('desk-packet').evaluate((packet) => packet.shadowRoot?.textContent),
      ).toContain(text)
    // Bundled styles can be lost without a word; an unstyled bubble has no corners.
    expect(
      await page
        .locator('.bubble')
        .first()
        .evaluate((bubble) => getComputedStyle(bubble).borderRadius),
    ).not.toBe('0px')
    await page.getByText('Has changed since').waitFor({ state: 'attached' })
    await page.getByText('41 % sure').waitFor()
    await page.getByText('this did not help (out of date)').waitFor()
    await known.getByRole('button', { name: 'Use it' }).click()
    expect(await reply(page).inputValue()).toContain('I have asked the carrier')
    expect(await focused(page)).toBe('textarea')
  })

  test('claims with the first reply, sends with Enter and keeps the line break of Shift+Enter', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_bulb')
    await reply(page).fill('Yes,')
    await reply(page).press('Shift+Enter')
    await reply(page).pressSequentially('we do both.')
    await reply(page).press('Enter')
    await page.locator('desk-handoff').getByText('With you').waitFor()
    await eventually(() => stub.handoff('hnd_bulb')?.messages.at(-1)?.text).toBe('Yes,\nwe do both.')
    expect(await reply(page).inputValue()).toBe('')
    expect(await focused(page)).toBe('textarea')
  })

  test('a reply whose answer got lost arrives once', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_mine')
    await reply(page).fill('Of course.')
    stub.fail(/reply$/, 'cut')
    stub.fail(/GET .*hnd_mine$/, { status: 503, code: 'db.away' }, 99)
    await reply(page).press('Control+Enter')
    await page.getByText('Not sent yet.').waitFor()
    await eventually(() => stub.seen.filter(({ path }) => path.endsWith('/reply')).length).toBe(2)
    await eventually(() => page.getByText('Not sent yet.').count()).toBe(0)
    expect(stub.handoff('hnd_mine')?.messages.filter(({ role }) => role === 'person')).toHaveLength(1)
    expect(await page.locator('desk-transcript').getByText('Of course.').count()).toBe(1)
  })

  test('an unsent reply outlives the page, and a draft each hand-over', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_mine')
    await reply(page).fill('Later.')
    stub.fail(/reply$/, { status: 503, code: 'db.away' })
    await reply(page).press('Enter')
    await page.getByText('Not sent yet.').waitFor()
    await reply(page).fill('A draft')
    await page.reload()
    await eventually(() => stub.handoff('hnd_mine')?.messages.at(-1)?.text).toBe('Later.')
    expect(await reply(page).inputValue()).toBe('A draft')
    await row(page, 'hnd_bulb').click()
    await eventually(() => heading(page).innerText()).toBe('Anonymous shopper')
    expect(await reply(page).inputValue()).toBe('')
  })

  test('P7 shows who has it; taking over is said, and the loser keeps the text', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_mine')
    await reply(page).fill('I will look.')
    stub.change('hnd_mine', { claimedBy: 'Oskar', claimedById: 'opr_oskar' })
    await page.getByText('Oskar has this conversation.').waitFor()
    await page.getByRole('button', { name: 'Take over from Oskar' }).click()
    await page.locator('desk-handoff').getByText('With you').waitFor()
    expect(await reply(page).inputValue()).toBe('I will look.')
    stub.fail(/claim$/, { status: 409, code: 'already_claimed', more: { claimedBy: 'Oskar' } })
    await row(page, 'hnd_tent').click()
    await page.locator('desk-handoff').getByRole('button', { name: 'Claim', exact: true }).click()
    await page.getByText('Somebody else has taken it in the meantime.').waitFor()
  })

  test('shows what the shopper writes meanwhile, in the open conversation and in the list', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_mine')
    await reply(page).waitFor()
    stub.say('hnd_mine', 'One in blue, please.')
    stub.say('hnd_pot', 'Hello?')
    await page.locator('desk-transcript').getByText('One in blue, please.').waitFor()
    await row(page, 'hnd_pot').getByText('New message').waitFor()
    await eventually(() => page.getByRole('status').allInnerTexts()).toContain('New message from a shopper')
    await row(page, 'hnd_pot').click()
    await eventually(() => row(page, 'hnd_pot').getByText('New message').count()).toBe(0)
  })

  test('is resolved with a note and returned to the assistant, each after a question', async () => {
    const { page, stub } = await desk('/console?handoff=hnd_mine')
    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.keyboard.press('Escape')
    expect(stub.handoff('hnd_mine')?.status).toBe('claimed')
    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.getByRole('textbox', { name: 'Note for colleagues' }).fill('Sent twice')
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click()
    await page.getByText('This is resolved.').waitFor()
    expect(stub.seen.find(({ path }) => path.endsWith('/resolve'))?.body).toBe('{"note":"Sent twice"}')
    await row(page, 'hnd_tent').click()
    await page.getByRole('button', { name: 'Claim', exact: true }).click()
    await page.getByRole('button', { name: 'Return to assistant' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Return to assistant' }).click()
    await page.getByText('This is back with the assistant.').waitFor()
  })

  test('a viewer reads everything and is offered nothing to do', async () => {
    const { page } = await desk('/console?handoff=hnd_lamp', { operator: { ...ME, role: 'viewer' } })
    await page.getByText('Your role can read, not reply.').waitFor()
    expect(await page.getByRole('button', { name: /Claim|Take over|Resolve|Use it/ }).count()).toBe(0)
  })

  test('P31 is read and answered on a phone, with the way back to the list', async () => {
    const { page } = await desk('/console', { viewport: PHONE })
    await row(page, 'hnd_mine').click()
    expect(await rows(page).first().isVisible()).toBe(false)
    await page.getByRole('button', { name: 'What is known' }).click()
    await page.getByText('What the assistant tried').waitFor()
    await page.getByRole('button', { name: 'Conversation' }).click()
    await reply(page).fill('Yes.')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await eventually(() => focused(page)).toBe('hnd_mine')
  })
})
