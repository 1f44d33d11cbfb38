import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { postgresFirstSteps } from '#db/background/first-steps.postgres.ts'
import { postgresSandboxControls } from '#db/commerce/sandbox-controls.postgres.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import { orderId } from '#domain/ids.ts'
import { type ApprovalsBench, approvalsBench } from '../../test/fixtures/approvals-bench.ts'
import { anOrder, aParcel, at, NOW, paymentOf, scan } from '../../test/fixtures/case-builder.ts'
import { silentLog } from '../../test/fixtures/silent-log.ts'
import { openDemoCases } from './demo-exceptions.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-cases-'))
  await writeFile(join(folder, 'meta.json'), JSON.stringify({ name: 'Demo', epoch: at(0), currency: 'EUR' }))
  const report = { type: 'carrier_delay', source: 'carrier', detail: 'Late', data: {} }
  const rows = ['ORD-1', 'ORD-2'].map((order) => JSON.stringify({ ...report, order }))
  await writeFile(join(folder, 'exceptions.jsonl'), rows.join('\n'))
})
afterAll(() => rm(folder, { recursive: true }))

let bench: ApprovalsBench
beforeEach(async () => {
  bench = await approvalsBench()
  bench.clock.move(Date.parse(NOW) - bench.clock.now().getTime())
})
afterEach(() => bench.close())

/** Everything a start uses. The `last`th call of any port is made and never answered: there the process was killed. */
function start(last = Number.POSITIVE_INFINITY) {
  const { cases, policies, database, clock, shop, signal } = bench
  let calls = 0
  const dying = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const method = Reflect.get(target, name)
        return typeof method !== 'function'
          ? method
          : async (...given: unknown[]) => {
              if (calls >= last) throw new Error('killed')
              calls += 1
              const answer = await method.apply(target, given)
              if (calls >= last) throw new Error('killed')
              return answer
            }
      },
    })
  const late = anOrder({ id: orderId('ORD-3'), promisedBy: at(-1) })
  const watched = { order: late, parcels: [aParcel([scan(-2, 'COLL')])], payment: paymentOf(late), stock: [] }
  const parts = {
    watch: dying({ orders: async () => [watched] }),
    cases: dying(cases),
    policies: dying(policies),
    controls: dying(postgresSandboxControls(database, clock)),
    steps: dying(postgresFirstSteps(database)),
    agent: dying({
      async triage(_shop: typeof shop, id: `cas_${string}`) {
        await cases.wait(shop, id, new Date(clock.now().getTime() + 1e9), 'looked', signal)
        return { outcome: 'nothing_to_do' as const }
      },
    }),
    shops: { list: async () => [] },
    pickingLocation: 'DC-EAST',
    clock,
    log: silentLog,
  }
  return openDemoCases(parts, { shop, folder }, signal).then(
    () => ({ ended: true, calls }),
    (error: Error) => {
      if (error.message !== 'killed') throw error
      return { ended: false, calls }
    },
  )
}

async function left() {
  const { cases, policies, outbox, shop, signal } = bench
  const page = { status: null, type: null, incident: null, q: null, sort: 'age', cursor: null, limit: 50 } as const
  const { items } = await cases.list(shop, page, signal)
  const confirmation = await postgresSandboxControls(bench.database, bench.clock).refundConfirmation(shop, signal)
  const { version, policy } = await policies.current(shop, signal)
  return {
    cases: items.map(({ order, type, status }) => `${order} ${type} ${status}`).sort(),
    policy: [version, policy.fourEyesAbove],
    knocks: (await outbox.pending(shop, 50, signal)).length,
    refundsConfirmAfter: confirmation?.afterMs,
  }
}

test('a first start opens and looks into all exceptions, and later ones leave them alone', async () => {
  expect((await start()).ended).toBe(true)
  const whole = await left()
  expect(whole).toMatchObject({
    cases: ['ORD-1 carrier_delay waiting', 'ORD-2 carrier_delay waiting', 'ORD-3 carrier_delay waiting'],
    policy: [1, null],
    knocks: 3,
    refundsConfirmAfter: 300_000,
  })
  const { cases, shop, signal } = bench
  for (const { id } of await cases.ofOrder(shop, orderId('ORD-1'), signal))
    await cases.resolve(shop, id, 'solved', PURSER, signal)
  bench.clock.move(40 * 86_400_000)
  const before = await left()
  expect((await start()).ended).toBe(true)
  expect(await left()).toEqual(before)
})

test('a first start that is killed after any of its steps is gone on with, and ends as if it had not been', async () => {
  await start()
  const { shop } = bench
  const whole = await left()
  const many = 60
  let killed = 0
  for (let last = 1; last < many; last += 1) {
    await bench.asOwner(`
      truncate first_steps, outbox, cases, case_reports, audit_entries, audit_heads, policy_versions, sandbox.settings cascade`)
    const { ended } = await start(last)
    if (ended) break
    killed += 1
    // The next one is killed as well, a step later.
    await start(last + 1)
    expect((await start()).ended).toBe(true)
    expect(await left(), `killed at call ${last} in ${shop}`).toEqual(whole)
  }
  expect(killed).toBeGreaterThan(15)
  expect(killed).toBeLessThan(many - 1)
}, 120_000)

test('a shop that was opened before steps were marked is left alone, but for its refunds', async () => {
  await bench.openCase('carrier_delay', 'ORD-1')
  const before = await left()
  expect((await start()).ended).toBe(true)
  expect(await left()).toEqual({ ...before, refundsConfirmAfter: 300_000 })
})
