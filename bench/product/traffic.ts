import type { InstanceKeys } from '../../src/app/keys.ts'
import { shopperAt } from '../../test/fixtures/shopper.ts'

/** Times (ms) of answered requests, and how many were refused or broke. */
export type Times = { times: number[]; failed: number }

/** `clients` ask `POST /v1/search` one after the other, each the next text as soon as it has its answer, until `count` were asked. */
export async function searches(
  url: string,
  keys: InstanceKeys,
  texts: string[],
  clients: number,
  count: number,
): Promise<Times> {
  const headers = { authorization: `Bearer ${keys.ingestKey}`, 'content-type': 'application/json' }
  return inTurn(clients, count, async (number) => {
    const body = JSON.stringify({ query: texts[number % texts.length], limit: 10 })
    const response = await fetch(`${url}/v1/search`, { method: 'POST', headers, body })
    await response.arrayBuffer()
    return response.ok
  })
}

/** The same with shoppers' questions, each in a conversation of its own; the time is that of the whole answer. */
export async function questions(
  url: string,
  keys: InstanceKeys,
  texts: string[],
  clients: number,
  count: number,
): Promise<Times> {
  const shoppers = await Promise.all(Array.from({ length: clients }, () => shopperAt(url, keys)))
  const conversations = await Promise.all(shoppers.map((shopper) => shopper.open()))
  return inTurn(clients, count, async (number, client) => {
    const shopper = shoppers[client]
    if (!shopper) return false
    // A few questions a conversation, as shoppers do.
    if (number % 5 === 4) conversations[client] = await shopper.open()
    const answer = await shopper.call(
      'POST',
      `/v1/conversations/${conversations[client]}/messages`,
      { text: texts[number % texts.length], clientMessageId: `bench${number}` },
      { accept: 'application/json' },
    )
    return answer.status === 200
  })
}

async function inTurn(
  clients: number,
  count: number,
  ask: (number: number, client: number) => Promise<boolean>,
): Promise<Times> {
  const result: Times = { times: [], failed: 0 }
  let next = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let number = next++; number < count; number = next++) {
        const began = performance.now()
        const good = await ask(number, client).catch(() => false)
        if (good) result.times.push(performance.now() - began)
        else result.failed += 1
      }
    }),
  )
  return result
}
