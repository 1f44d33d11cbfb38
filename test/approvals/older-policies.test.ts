import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { up } from '../../src/db/migrations/0078-customer-requests.ts'
import { ADA, type ApprovalsBench, approvalsBench } from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

const STRIPPED = `policy #- '{actions,open_return}' #- '{types,customer_request}' #- '{autonomy,start,customer_request}'`
/** The shop's policy as it was stored before customers could ask for changes themselves. */
async function older() {
  await bench.policy()
  await bench.asOwner(`update policy_versions set policy = ${STRIPPED}`)
}
const stored = async () =>
  (await bench.asOwner(`select policy -> 'types' ? 'customer_request' as known from policy_versions`)).map(
    ({ known }) => known,
  )

test('a policy that says nothing of customers’ requests leaves them to a person, however it is read', async () => {
  await older()
  const { policy, version } = await bench.policies.current(bench.shop, signal)
  const { caseId, proposal } = await bench.proposed({}, 'customer_request')
  expect(proposal).toMatchObject({ verdict: 'approval' })
  expect(await bench.approve(caseId, proposal.hash, ADA)).toMatchObject({ outcome: 'decided' })
  expect((await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)).outcome).toBe('authorised')
  expect(policy.types.customer_request).toMatchObject({ mode: 'approve' })
  expect((await bench.policies.version(bench.shop, version, signal))?.policy).toEqual(policy)
  expect(await bench.policies.rollBack(bench.shop, version, ADA, signal)).toMatchObject({ policy })
  const level = (await bench.autonomy.all(bench.shop, signal)).find(({ type }) => type === 'customer_request')
  expect(level).toMatchObject({ level: 'suggest' })
})

test('stored policies are completed although their owner is bound to a shop’s rows like everybody', async () => {
  await bench.asOwner('delete from policy_versions')
  await older()
  expect(await stored()).toEqual([false])
  await bench.asOwner(`
    drop table case_news; drop index cases_by_customers; grant create on schema public to purser_app;
    alter table policy_versions owner to purser_app; alter table cases owner to purser_app; alter table shops owner to purser_app`)
  const pool = new Pool({ ...bench.connection, max: 1, options: '-c role=purser_app' })
  const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await up(owner)
  } finally {
    await owner.destroy()
  }
  expect(await stored()).toEqual([true])
  expect(
    await bench.asOwner(`select 1 from pg_class where relname = 'policy_versions' and not relforcerowsecurity`),
  ).toEqual([])
})
