import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Session } from '#db/access/sessions.port.ts'
import type { ConversationId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { agentAnswer, scriptedAgent } from '../../test/fakes/scripted-agent.ts'
import { ownerOf, SILENT, type SupportBench, supportBench } from '../../test/fixtures/support-bench.ts'
import { background } from './background.ts'
import { conversationBells } from './bells.ts'
import { questions } from './questions.ts'

const { signal } = new AbortController()
const MINUTE = 60_000
let bench: SupportBench
let session: Session
let agent: ReturnType<typeof scriptedAgent>
const lives: AbortController[] = []
const problems: unknown[] = []

beforeEach(async () => {
  bench = await supportBench()
  session = await bench.session()
  agent = scriptedAgent()
  problems.length = 0
})
afterEach(async () => {
  for (const life of lives.splice(0)) life.abort(new Error('stopped'))
  await bench.close()
  expect(problems).toEqual([])
})

/** One process's questions over the bench's database. */
function processOf({ clock = bench.clock as Clock, deaf = false } = {}) {
  const { ids, shops, notifications, leftWork } = bench
  const lifetime = new AbortController()
  lives.push(lifetime)
  const bells = conversationBells(notifications, clock)
  const work = background((error) => problems.push(error))
  const ports = {
    store: bench.questions,
    left: leftWork,
    agent,
    shops,
    handoffs: bench.handoffs,
    bells,
    // `deaf`: knocks that say which answer is not wanted any more are lost.
    notifications: deaf ? { listen: () => () => {} } : notifications,
    background: work,
    clock,
    ids,
    log: SILENT,
  }
  return questions(ports, 5_000, lifetime.signal)
}

/** A question that was accepted and begun by a process that is no more. */
async function leftQuestion(text: string, owner = session): Promise<ConversationId> {
  const { ids, clock } = bench
  const at = clock.now()
  const id = await bench.conversations.create(ownerOf(owner), { id: ids.make('cnv'), creationKey: null, at }, signal)
  const message = { id: ids.make('msg'), clientMessageId: 'one', text, traceId: 'trc_dead', at }
  await bench.questions.accept(ownerOf(owner), id, message, signal)
  await bench.questions.claimNext(
    bench.shop,
    id,
    { holder: 'req_dead', at, until: new Date(at.getTime() + 10_000) },
    signal,
  )
  return id
}

async function answersIn(conversation: ConversationId) {
  const transcript = await bench.conversations.transcript(ownerOf(session), conversation, signal)
  return transcript?.messages.flatMap(({ answer }) => (answer ? [answer] : []))
}

describe('a question whose process died', () => {
  test('gets exactly one answer at the next start, without being asked again', async () => {
    const conversation = await leftQuestion('Lost?')
    await bench.leftWork.releaseHolds(bench.shop, bench.clock.now(), signal)
    const started = processOf()
    expect(await started.resume(bench.shop, signal)).toBe(1)
    expect(await started.resume(bench.shop, signal)).toBe(0)
    expect((await answersIn(conversation))?.map(({ text }) => text)).toEqual(['You asked: Lost?'])
    const asked = { text: 'Lost?', clientMessageId: 'one', traceId: 'trc_2' }
    const again = await started.ask(ownerOf(session), conversation, asked, signal)
    if (again.outcome !== 'accepted') throw new Error(again.outcome)
    expect((await again.answer(signal)).traceId).toBe('trc_dead')
    expect(agent.asked).toHaveLength(1)
    const transcript = await bench.conversations.transcript(ownerOf(session), conversation, signal)
    expect(transcript?.messages.map(({ role, state }) => [role, state])).toEqual([
      ['shopper', 'answered'],
      ['assistant', 'sent'],
    ])
  })

  test('is left to its holder while the hold runs, and taken up once it has run out', async () => {
    const conversation = await leftQuestion('Whose?')
    const other = processOf()
    expect(await other.resume(bench.shop, signal)).toBe(0)
    expect(await answersIn(conversation)).toEqual([])
    bench.clock.move(11_000)
    expect(await other.resume(bench.shop, signal)).toBe(1)
    expect(await answersIn(conversation)).toHaveLength(1)
  })

  test('is answered once when two processes take it up at the same time', async () => {
    const conversations = await Promise.all(['A?', 'B?', 'C?', 'D?', 'E?', 'F?'].map((text) => leftQuestion(text)))
    bench.clock.move(11_000)
    await Promise.all([processOf(), processOf()].map((each) => each.resume(bench.shop, signal)))
    for (const conversation of conversations) expect(await answersIn(conversation)).toHaveLength(1)
  })

  test('goes to a person with reason failure when it has waited over a quarter of an hour', async () => {
    const conversation = await leftQuestion('Too late?')
    bench.clock.move(16 * MINUTE)
    await processOf().resume(bench.shop, signal)
    const [answer] = (await answersIn(conversation)) ?? []
    expect(answer).toMatchObject({ outcome: 'handed_off', handoff: { reason: 'failure', status: 'waiting' } })
    expect(agent.asked).toEqual([])
  })

  test('goes to a person when it was begun again and again and never ended', async () => {
    const conversation = await leftQuestion('Poison?')
    for (let begun = 0; begun < 3; begun++) {
      const at = bench.clock.now()
      await bench.leftWork.releaseHolds(bench.shop, at, signal)
      await bench.questions.claimNext(bench.shop, conversation, { holder: `req_${begun}`, at, until: at }, signal)
    }
    await processOf().resume(bench.shop, signal)
    expect(agent.asked).toEqual([])
    expect((await answersIn(conversation))?.map(({ handoff }) => handoff?.reason)).toEqual(['failure'])
  })

  test('of another shop stays that shop’s own', async () => {
    const conversation = await leftQuestion('Mine?')
    bench.clock.move(11_000)
    expect(await processOf().resume(bench.other, signal)).toBe(0)
    expect(await bench.leftWork.releaseHolds(bench.other, bench.clock.now(), signal)).toBe(0)
    expect(await answersIn(conversation)).toEqual([])
  })
})

test('work on a stopped question ends when the hold is renewed, though the knock was lost', async () => {
  const renewal = Promise.withResolvers<void>()
  // The only wait of three seconds is that between two renewals.
  const clock = {
    ...bench.clock,
    sleep: (ms: number, by: AbortSignal) => (ms === 3_000 ? renewal.promise : bench.clock.sleep(ms, by)),
  }
  const begun = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  agent.does((_input, _onProgress, given) => {
    given.addEventListener('abort', () => ended.resolve())
    begun.resolve()
    return new Promise(() => {})
  })
  const asking = processOf({ clock, deaf: true })
  const { ids } = bench
  const owner = ownerOf(session)
  const conversation = await bench.conversations.create(
    owner,
    { id: ids.make('cnv'), creationKey: null, at: bench.clock.now() },
    signal,
  )
  const asked = await asking.ask(owner, conversation, { text: 'Q?', clientMessageId: 'one', traceId: 'trc_1' }, signal)
  if (asked.outcome !== 'accepted') throw new Error(asked.outcome)
  await begun.promise
  expect(await processOf().stop(owner, conversation, 'one', signal)).toBe('stopped')
  renewal.resolve()
  await ended.promise
  expect(await asked.answer(signal)).toMatchObject({ stopped: true, traceId: 'trc_1', handoff: null })
})

test('taking up left questions answers no more than four at once', async () => {
  for (let asked = 0; asked < 9; asked++) await leftQuestion(`Number ${asked}?`)
  bench.clock.move(11_000)
  const four = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  agent.does(async () => {
    if (agent.asked.length === 4) four.resolve()
    await release.promise
    return agentAnswer()
  })
  const resumed = processOf().resume(bench.shop, signal)
  await four.promise
  const held = await bench.asOwner(
    "select count(*)::int as held from conversations where answering_by is not null and answering_by <> 'req_dead'",
  )
  expect(held).toEqual([{ held: 4 }])
  release.resolve()
  expect(await resumed).toBe(9)
  expect(agent.asked).toHaveLength(9)
})

test('releasing holds frees background work and unfinished writes too', async () => {
  const { shop, clock, idempotency, leftWork } = bench
  const at = clock.now()
  const later = new Date(at.getTime() + MINUTE)
  const key = { shop, caller: 'ses_1', proof: 'p' }
  const attempt = { fingerprint: 'f', at, runningUntil: later, expiresAt: later }
  await idempotency.claim(key, attempt, signal)
  await bench.asOwner(
    `insert into leases (shop, name, holder, until) values ('${shop}', 'vectors', 'dead', now() + interval '1 hour')`,
  )
  expect(await idempotency.claim(key, attempt, signal)).toEqual({ outcome: 'running' })
  expect(await leftWork.releaseHolds(shop, at, signal)).toBe(2)
  expect(await idempotency.claim(key, attempt, signal)).toEqual({ outcome: 'yours' })
  expect(await bench.asOwner('select * from leases')).toEqual([])
})
