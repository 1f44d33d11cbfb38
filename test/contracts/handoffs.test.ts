import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { GRACE, newHandoff } from '../fixtures/handoff-builder.ts'
import { ownerOf, type SupportBench, supportBench } from '../fixtures/support-bench.ts'
import { handoffContract } from './handoffs.contract.ts'

const opened: SupportBench[] = []
afterAll(async () => {
  for (const bench of opened) await bench.close()
})
const open = async () => {
  const bench = await supportBench()
  opened.push(bench)
  return bench
}

handoffContract('postgres', open)

describe('a claim whose connection is killed', () => {
  test('has done nothing, and can be made again', async () => {
    const bench = await open()
    const { shop, handoffs, clock, signal } = bench
    const session = await bench.session()
    const at = clock.now()
    const id = await bench.conversations.create(ownerOf(session), { id: 'cnv_k', creationKey: null, at }, signal)
    await handoffs.open(ownerOf(session), id, newHandoff('hnd_k', at), signal)
    const before = await bench.conversations.transcript(ownerOf(session), id, signal)
    const blocker = new Client(bench.connection)
    await blocker.connect()
    await blocker.query('begin')
    await blocker.query(`select set_config('app.shop', '${shop}', true)`)
    await blocker.query(`select from conversations where id = '${id}' for update`)
    const claiming = handoffs.claim(shop, 'hnd_k', GRACE, { takeOver: false, at }, signal)
    const killed = expect(claiming).rejects.toMatchObject({ code: 'db.connection.lost' })
    // It stands at the row's lock when it is killed: within its transaction.
    for (let waiting = 0; waiting === 0; ) {
      const { rows } = await blocker.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      waiting = rows.length
    }
    await killed
    await blocker.query('rollback')
    await blocker.end()
    expect(await bench.conversations.transcript(ownerOf(session), id, signal)).toEqual(before)
    expect(await handoffs.claim(shop, 'hnd_k', GRACE, { takeOver: false, at }, signal)).toMatchObject({
      outcome: 'claimed',
    })
    expect((await handoffs.get(shop, 'hnd_k', signal))?.history.map(({ change }) => change)).toEqual([
      'opened',
      'claimed',
    ])
  })
})
