import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#domain/roles.ts'
import { agentAnswer } from '../../fakes/scripted-agent.ts'
import { browserBench, describeInBrowser } from '../browser.ts'
import { type WidgetBench, widgetBench } from '../widget-bench.ts'
import { eventually, reply, row, transcript } from './at-desk.ts'

let bench: WidgetBench
beforeAll(async () => {
  bench = await widgetBench()
})
afterAll(() => bench?.close())
const browser = browserBench()

/** Somebody at the desk over the real API. */
async function atDesk(role: Role, path = '/console') {
  const operator = await bench.api.operator(role)
  const extraHTTPHeaders = { authorization: `Bearer ${operator.token}` }
  const { page } = await browser.visit(bench.network.url + path, { extraHTTPHeaders })
  return { page, name: operator.name }
}

async function shopper() {
  const { token } = await bench.api.shopper()
  const conversation = await bench.api.conversation(token)
  let asked = 0
  return {
    ask: (text: string) =>
      bench.api.call('POST', `/v1/conversations/${conversation}/messages`, {
        token,
        body: { text, clientMessageId: `q${++asked}` },
      }),
    async person(reason: string): Promise<string> {
      const wish = { token, body: { reason } }
      const response = await bench.api.call('POST', `/v1/conversations/${conversation}/handoff`, wish)
      return ((await response.json()) as { id: string }).id
    },
    async said() {
      const response = await bench.api.call('GET', `/v1/conversations/${conversation}`, { token })
      const { messages } = (await response.json()) as {
        messages: { role: string; text: string; author: string | null }[]
      }
      return messages.map(({ role, text, author }) => `${author ?? role}: ${text}`)
    },
  }
}

describeInBrowser('the desk over the real API', () => {
  test('W25 W27 a hand-over appears by itself, is claimed, answered, and given back', async () => {
    const { page, name } = await atDesk('agent')
    await page.getByText('Nobody is waiting').waitFor()
    bench.api.agent.does(() => agentAnswer({ text: 'Items can be returned within 30 days.' }))
    const ada = await shopper()
    await ada.ask('How long do I have?')
    const id = await ada.person('My parcel is lost')
    await row(page, id).click()
    await transcript(page).getByText('Items can be returned within 30 days.').waitFor()
    await reply(page).fill('Hello, I am looking.')
    await reply(page).press('Enter')
    await page.locator('desk-handoff').getByText('With you').waitFor()
    // Claiming comes first; what is thanked for is the reply that follows it.
    await expect.poll(async () => (await ada.said()).at(-1)).toBe(`${name}: Hello, I am looking.`)
    await ada.ask('Thank you!')
    await transcript(page).getByText('Thank you!').waitFor()
    expect((await ada.said()).slice(2)).toEqual([`${name}: Hello, I am looking.`, 'shopper: Thank you!'])
    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('Found it')
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click()
    await page.getByText('This is resolved.').waitFor()
    await page.locator('desk-packet').getByText(`Resolved by ${name}`).waitFor()
    await page.locator('desk-packet').getByText('Found it').waitFor()
  })

  test('P7 two people at the desk see who has it, and a take-over takes it', async () => {
    const bo = await shopper()
    const id = await bo.person('Where is it?')
    const path = `/console?handoff=${id}`
    const first = await atDesk('agent', path)
    const second = await atDesk('admin', path)
    await first.page.getByRole('button', { name: 'Claim', exact: true }).click()
    await second.page.getByText(`${first.name} has this conversation.`).waitFor()
    await second.page.getByRole('button', { name: `Take over from ${first.name}` }).click()
    await first.page.getByText(`${second.name} has this conversation.`).waitFor()
  })

  test('P9 what happened while the server was away is there when it is back, and a reply arrives once', async () => {
    const cy = await shopper()
    const id = await cy.person('Hello?')
    const { page, name } = await atDesk('agent', `/console?handoff=${id}`)
    await reply(page).waitFor()
    bench.network.cutAll()
    await page.getByText('Live updates are lost.').waitFor()
    await reply(page).fill('I am here.')
    await reply(page).press('Enter')
    await page.getByText('Not sent yet.').waitFor()
    const missed = await (await shopper()).person('Anybody?')
    bench.network.heal()
    await page.getByRole('button', { name: 'Try now' }).first().click()
    await row(page, missed).waitFor({ timeout: 15_000 })
    await eventually(async () => (await cy.said()).filter((line) => line === `${name}: I am here.`).length).toBe(1)
    expect(await page.getByText('Live updates are lost.').count()).toBe(0)
  })
})
