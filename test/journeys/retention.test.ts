import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresRetention } from '#db/background/retention.postgres.ts'
import { keepHouse } from '../../src/jobs/housekeeping.ts'
import { type ApiBench, apiBench } from '../fixtures/api-bench.ts'
import { SILENT } from '../fixtures/support-bench.ts'

const DAY = 24 * 3_600_000
const SECRET = 'my cat is called Quetzalcoatl'
let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

async function keepConversationsFor(retentionDays: number): Promise<void> {
  const token = api.keys.admin
  const response = await api.call('GET', '/v1/shop', { token })
  const settings = (await response.json()) as object
  const headers = { 'if-match': response.headers.get('etag') ?? '' }
  const body = { ...settings, retentionDays }
  expect((await api.call('PUT', '/v1/shop', { token, body, headers })).status).toBe(200)
}

/** Everything of the shop that the database holds, as its owner sees it. */
async function stored(): Promise<string> {
  const tables = await api.asOwner(`select tablename as name from pg_tables where schemaname = 'public'`)
  const rows = tables.map(({ name }) => `select row_to_json(t)::text as row from "${name}" t`)
  return JSON.stringify(await api.asOwner(rows.join(' union all ')))
}

const counts = () =>
  api.asOwner(`select (select sum(messages)::int from conversations) as told, count(*)::int as kept,
    count(*) filter (where outcome = 'answered')::int as answered from messages`)

const house = () =>
  keepHouse({
    ...api,
    retention: postgresRetention(api.database),
    outbox: { tidy: async () => 0 },
    log: SILENT,
  })(api.signal)

test('W52 a message goes when its shop’s days are over, and what was counted stays', async () => {
  await keepConversationsFor(30)
  const { token } = await api.shopper()
  const conversation = await api.conversation(token)
  const body = { text: SECRET, clientMessageId: 'one' }
  expect((await api.call('POST', `/v1/conversations/${conversation}/messages`, { token, body })).status).toBe(200)
  await api.idle()
  const before = await counts()
  expect(before).toEqual([{ told: 2, kept: 2, answered: 1 }])

  api.clock.move(29 * DAY)
  await house()
  expect(await stored()).toContain(SECRET)

  // Nobody has to restart anything: the next round reads the setting anew.
  await keepConversationsFor(7)
  await house()
  expect(await stored()).not.toContain(SECRET)
  expect(await counts()).toEqual(before)
})
