import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SupportBench, supportBench } from '../../test/fixtures/support-bench.ts'
import { asDatabaseFault, inShop } from './database.ts'

let bench: SupportBench
beforeAll(async () => {
  bench = await supportBench()
})
afterAll(() => bench.close())

test('a character that PostgreSQL cannot keep is the caller’s fault, not ours', async () => {
  const work = inShop(bench.database, bench.shop, bench.signal, (transaction) =>
    transaction.selectFrom('conversations').select('id').where('id', '=', 'cnv_\0').execute(),
  )
  await expect(work).rejects.toMatchObject({ kind: 'user', status: 400, code: 'db.text.refused' })
})

describe('an error of the database', () => {
  test.each([
    ['57P01', 'retryable', 'db.connection.lost'],
    ['08006', 'retryable', 'db.connection.lost'],
    ['ECONNREFUSED', 'retryable', 'db.connection.lost'],
    ['53100', 'operator', 'db.disk.full'],
    ['22021', 'user', 'db.text.refused'],
  ])('%s is a %s fault', (sqlState, kind, code) => {
    expect(asDatabaseFault(Object.assign(new Error('x'), { code: sqlState }))).toMatchObject({ kind, code })
  })

  test('that we know nothing about stays what it is', () => {
    const error = Object.assign(new Error('x'), { code: '23505' })
    expect(asDatabaseFault(error)).toBe(error)
  })
})
