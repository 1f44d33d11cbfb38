import { afterEach, expect, test } from 'vitest'
import { postgresOperatorSessions } from '#db/access/operators/operator-sessions.postgres.ts'
import { postgresOperators } from '#db/access/operators/operators.postgres.ts'
import { postgresShops } from '#db/access/shops.postgres.ts'
import { openDatabase } from '#db/database.ts'
import { shopId } from '#domain/ids.ts'
import { freshDatabase } from '../fixtures/embedded-cluster.ts'
import { silentLog } from '../fixtures/silent-log.ts'
import { operatorsContract } from './operators.contract.ts'

const { signal } = new AbortController()
let close = async () => {}
afterEach(() => close())

async function open() {
  const fresh = await freshDatabase()
  const database = openDatabase({ ...fresh.connection, ssl: false }, 16, silentLog)
  close = async () => {
    await database.destroy()
    await fresh.drop()
  }
  const [shop, other] = [shopId('one'), shopId('two')]
  for (const id of [shop, other])
    await postgresShops(database).put({ id, name: id, defaultLocale: 'en', currency: 'EUR', settings: {} }, signal)
  return {
    ...{ shop, other, database },
    operators: postgresOperators(database),
    operatorSessions: postgresOperatorSessions(database),
  }
}

operatorsContract('postgres', open)

test('row-level security shows neither operators nor codes nor sessions outside their shop', async () => {
  const { operators, operatorSessions, database, shop } = await open()
  await operators.add(shop, { id: 'opr_1', name: 'Ada', role: 'admin', createdAt: new Date(0) }, signal)
  const session = {
    id: 'ops_1',
    proof: 'token',
    createdAt: new Date(0),
    expiresAt: new Date(9),
    endsAt: new Date(9),
  } as const
  await operators.issueCode(shop, 'opr_1', { proof: 'hash', expiresAt: new Date(1) }, signal)
  expect(await operatorSessions.open('hash', session, signal)).not.toBeNull()
  await operators.issueCode(shop, 'opr_1', { proof: 'hash-2', expiresAt: new Date(1) }, signal)
  for (const table of ['operators', 'operator_codes', 'operator_sessions'] as const)
    expect(await database.selectFrom(table).selectAll().execute()).toEqual([])
})
