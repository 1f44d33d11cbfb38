import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'

let api: ApiBench
let token: string
beforeAll(async () => {
  api = await apiBench()
})
beforeEach(async () => {
  token = (await api.shopper()).token
  api.sent.length = 0
})
afterAll(() => api.close())

const OWN = { orderNumber: '#a-1001', email: 'ada@shop.example' }

async function challenge(claim = OWN, by = token): Promise<string> {
  const response = await api.call('POST', '/v1/identity/challenges', { token: by, body: claim })
  expect(response.status).toBe(202)
  const { id } = (await response.json()) as { id: string }
  await api.idle()
  return id
}

const solve = (id: string, code: string, by = token) =>
  api.call('POST', `/v1/identity/challenges/${id}`, { token: by, body: { code } })
const sentCode = () => /\b\d{6}\b/.exec(api.sent.at(-1)?.text ?? '')?.[0] ?? ''
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000')

describe('a challenge', () => {
  test('sends a code to the e-mail on the order, and the code unlocks that order for the session', async () => {
    const id = await challenge()
    expect(api.sent.map(({ to }) => to)).toEqual(['ada@shop.example'])
    const response = await solve(id, sentCode())
    expect([response.status, await response.json()]).toEqual([200, { unlocked: true, orderId: 'A-1001' }])
    const conversation = await api.conversation(token)
    await api.call('POST', `/v1/conversations/${conversation}/messages`, {
      token,
      body: { text: 'Where is it?', clientMessageId: 'one' },
    })
    expect(api.agent.asked.at(-1)).toMatchObject({ unlockedOrders: ['A-1001'], customer: null })
  })

  test.each([
    ['an order that does not exist', { ...OWN, orderNumber: 'B-9' }],
    ['an order of somebody else', { ...OWN, email: 'eve@shop.example' }],
  ])('for %s looks the same and sends nothing', async (_what, claim) => {
    const real = await api.call('POST', '/v1/identity/challenges', { token, body: OWN })
    const other = await api.call('POST', '/v1/identity/challenges', { token, body: claim })
    expect(other.status).toBe(real.status)
    expect(Object.keys((await other.json()) as object)).toEqual(Object.keys((await real.json()) as object))
    await api.idle()
    expect(api.sent.length).toBe(1)
  })

  test('stores the code as a hash alone', async () => {
    const id = await challenge()
    const rows = await api.asOwner(`select * from identity_challenges where id = '${id}'`)
    expect(JSON.stringify(rows)).not.toContain(sentCode())
  })
})

describe('one refusal is given', () => {
  const refusal = async (response: Response) => {
    const { code, detail, status } = (await response.json()) as { code: string; detail: string; status: number }
    return { code, detail, status }
  }

  test('for a wrong code, an unknown challenge, an order that is not there, and somebody else’s challenge', async () => {
    const id = await challenge()
    const code = sentCode()
    const nowhere = await challenge({ ...OWN, orderNumber: 'B-9' })
    const stranger = (await api.shopper()).token
    const answers = [
      await refusal(await solve(id, otherThan(code))),
      await refusal(await solve('chl_none', code)),
      await refusal(await solve(nowhere, code)),
      await refusal(await solve(id, code, stranger)),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 403, code: 'api.challenge.refused' })
  })

  test('after ten minutes', async () => {
    const id = await challenge()
    api.clock.move(10 * 60_000)
    expect((await solve(id, sentCode())).status).toBe(403)
  })

  test('to the right code after five wrong ones, also when they come at once', async () => {
    const id = await challenge()
    const code = sentCode()
    await Promise.all(Array.from({ length: 5 }, () => solve(id, otherThan(code))))
    expect((await solve(id, code)).status).toBe(403)
  })

  test('to a code used a second time', async () => {
    const id = await challenge()
    expect((await solve(id, sentCode())).status).toBe(200)
    expect((await solve(id, sentCode())).status).toBe(403)
  })
})
