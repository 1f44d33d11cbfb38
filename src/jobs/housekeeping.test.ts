import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { postgresRetention } from '#db/background/retention.postgres.ts'
import type { ConversationId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { agentAnswer } from '../../test/fakes/scripted-agent.ts'
import { newHandoff, PACKET } from '../../test/fixtures/handoff-builder.ts'
import { ownerOf, SILENT, type SupportBench, supportBench } from '../../test/fixtures/support-bench.ts'
import { type HousekeepingParts, housekeeping, keepHouse } from './housekeeping.ts'

const { signal } = new AbortController()
const HOUR = 3_600_000
const DAY = 24 * HOUR
let bench: SupportBench
let tidied: Date[]

beforeEach(async () => {
  bench = await supportBench()
  tidied = []
})
afterEach(() => bench.close())

function parts(changes: Partial<HousekeepingParts> = {}): HousekeepingParts {
  const tidy = async (before: Date) => {
    tidied.push(before)
    return 0
  }
  return { ...bench, retention: postgresRetention(bench.database), outbox: { tidy }, log: SILENT, ...changes }
}

/** An answered, rated conversation with a hand-over, all of it telling the secret word. */
async function conversation(inShop = bench.shop): Promise<ConversationId> {
  const { ids, clock } = bench
  const session = await bench.session(null, inShop)
  const owner = ownerOf(session)
  const at = clock.now()
  const id = await bench.conversations.create(owner, { id: ids.make('cnv'), creationKey: null, at }, signal)
  const question = { id: ids.make('msg'), clientMessageId: 'one', text: 'SECRET question', traceId: 'trc_1', at }
  await bench.questions.accept(owner, id, question, signal)
  const { handoffReason, summary, suggestedReply, memory, trace, ...answer } = agentAnswer({ text: 'SECRET answer' })
  const settlement = {
    question: question.id,
    answer: { ...answer, id: ids.make('msg'), latencyMs: 5, traceId: 'trc_1' },
    stages: [],
    memory: { about: 'SECRET' },
    trace: { draft: 'SECRET' },
    handoff: null,
    at,
  }
  await bench.questions.settle(inShop, id, settlement, signal)
  const feedback = { id: ids.make('fbk'), helpful: false, reason: null, comment: 'SECRET comment', at }
  await bench.conversations.rate(owner, settlement.answer.id, feedback, signal)
  const handoff = newHandoff(ids.make('hnd'), at, {
    contact: 'SECRET contact',
    packet: { ...PACKET, question: 'SECRET' },
  })
  await bench.handoffs.open(owner, id, handoff, signal)
  return id
}

const everything = (shop: string) =>
  bench.asOwner(
    ['messages', 'conversations', 'handoffs', 'feedback']
      .map((table) => `select row_to_json(r)::text as row from ${table} r where shop = '${shop}'`)
      .join(' union all '),
  )

async function tellsTheSecret(shop: string = bench.shop): Promise<boolean> {
  return JSON.stringify(await everything(shop)).includes('SECRET')
}

describe('a conversation', () => {
  test('loses its texts a year after its last event, and keeps its counts', async () => {
    const id = await conversation()
    const before = (await everything(bench.shop)).length
    bench.clock.move(364 * DAY)
    await keepHouse(parts())(signal)
    expect(await tellsTheSecret()).toBe(true)
    bench.clock.move(2 * DAY)
    await keepHouse(parts())(signal)
    expect(await tellsTheSecret()).toBe(false)
    expect(await everything(bench.shop)).toHaveLength(before)
    expect(await bench.asOwner(`select messages from conversations where id = '${id}'`)).toEqual([{ messages: 2 }])
    expect(
      await bench.asOwner(
        `select outcome, route, helpful from messages join feedback on feedback.message = messages.id`,
      ),
    ).toEqual([{ outcome: 'answered', route: 'knowledge', helpful: false }])
  })

  test('is kept as long as its own shop says', async () => {
    const shop = { id: bench.shop, name: 'one', defaultLocale: 'en', currency: 'EUR' }
    await bench.shops.put({ ...shop, settings: { retentionDays: 7 } }, signal)
    await conversation()
    await conversation(bench.other)
    bench.clock.move(8 * DAY)
    await keepHouse(parts())(signal)
    expect(await tellsTheSecret()).toBe(false)
    expect(await tellsTheSecret(bench.other)).toBe(true)
  })

  test.each([0, -1, 1.5, '7', null])('is kept a year when the shop’s setting is %j', async (retentionDays) => {
    const shop = { id: bench.shop, name: 'one', defaultLocale: 'en', currency: 'EUR' }
    await bench.shops.put({ ...shop, settings: { retentionDays } }, signal)
    expect((await bench.shops.get(bench.shop, signal))?.retentionDays).toBe(365)
  })

  test('goes in batches until none is left, each once', async () => {
    for (let made = 0; made < 5; made++) await conversation()
    const retention = postgresRetention(bench.database)
    const at = new Date(bench.clock.now().getTime() + DAY)
    const batch = () => retention.expire(bench.shop, at, at, 2, signal)
    expect([await batch(), await batch(), await batch(), await batch()]).toEqual([2, 2, 1, 0])
  })
})

test('what has expired goes: sessions a day later, idempotency keys, challenges, messages of the outbox', async () => {
  const { shop, ids, clock, idempotency, challenges } = bench
  const { id: session } = await bench.session()
  const at = clock.now()
  const expiresAt = new Date(at.getTime() + HOUR)
  await idempotency.claim(
    { shop, caller: session, proof: 'p' },
    { fingerprint: 'f', at, runningUntil: at, expiresAt },
    signal,
  )
  const order = 'A-1' as Parameters<typeof challenges.create>[0]['order']
  await challenges.create({ id: ids.make('chl'), shop, session, order, salt: 's', at, expiresAt }, signal)
  const operator = ids.make('opr')
  await bench.operators.add(shop, { id: operator, name: 'Ada', role: 'agent', createdAt: at }, signal)
  await bench.operators.issueCode(shop, operator, { proof: 'code', expiresAt }, signal)
  const opened = { id: ids.make('ops'), proof: 'token', createdAt: at, expiresAt, endsAt: expiresAt }
  await bench.operatorSessions.open('code', opened, signal)
  await bench.operators.issueCode(shop, operator, { proof: 'unused', expiresAt }, signal)
  const left = async () =>
    Object.values(
      (
        await bench.asOwner(`select (select count(*)::int from sessions) as sessions,
      (select count(*)::int from operator_sessions) + (select count(*)::int from operator_codes) as operators,
      (select count(*)::int from idempotency_keys) as keys, (select count(*)::int from identity_challenges) as challenges`)
      )[0] ?? {},
    )
  await keepHouse(parts())(signal)
  expect(await left()).toEqual([1, 2, 1, 1])
  clock.move(2 * HOUR)
  await keepHouse(parts())(signal)
  expect(await left()).toEqual([1, 0, 0, 0])
  clock.move(2 * DAY)
  await keepHouse(parts())(signal)
  expect(await left()).toEqual([0, 0, 0, 0])
  expect(Math.abs(clock.now().getTime() - DAY - (tidied.at(-1)?.getTime() ?? 0))).toBeLessThan(10_000)
})

test('a part that fails leaves the others to be done, and is told', async () => {
  await conversation()
  bench.clock.move(400 * DAY)
  const broken = { tidy: () => Promise.reject(new Error('disk gone')) }
  await expect(keepHouse(parts({ outbox: broken }))(signal)).rejects.toThrow('disk gone')
  expect(await tellsTheSecret()).toBe(false)
})

test('it runs at a start and every hour from then on, also after a failure, until it is closed', async () => {
  const slept: { ms: number; wake: () => void }[] = []
  const clock: Clock = {
    ...bench.clock,
    sleep: (ms, until) =>
      new Promise((wake, stop) => {
        until.addEventListener('abort', () => stop(until.reason), { once: true })
        slept.push({ ms, wake })
      }),
  }
  let rounds = 0
  const list = async () => {
    rounds += 1
    if (rounds === 1) throw new Error('database away')
    return []
  }
  const house = housekeeping(parts({ clock, shops: { list } }))
  await house.start(signal)
  await expect.poll(() => slept.length).toBe(1)
  expect(rounds).toBe(1)
  slept[0]?.wake()
  await expect.poll(() => slept.length).toBe(2)
  expect([rounds, slept[1]?.ms]).toEqual([2, HOUR])
  await house.close(signal)
  expect(rounds).toBe(2)
})
