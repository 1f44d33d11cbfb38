import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADA, type ApprovalsBench, approvalsBench } from '../fixtures/approvals-bench.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
  for (let n = 0; n < 3; n++) await bench.proposed()
})
afterAll(() => bench.close())
const { signal } = new AbortController()
const verify = () => bench.audit.verify(bench.shop, signal)

test('the chain is whole after changes from many at once, and each shop has its own', async () => {
  const before = (await verify()).entries
  await Promise.all(Array.from({ length: 20 }, () => bench.openCase()))
  const whole = await verify()
  expect(whole).toMatchObject({ ok: true, firstBroken: null, entries: before + 20, head: { seq: before + 20 } })
  await bench.openCase('fraud_hold', 'ORD-other', bench.other)
  expect(await bench.audit.verify(bench.other, signal)).toMatchObject({ ok: true, entries: 1 })
  expect((await verify()).entries).toBe(whole.entries)
})

test.each([
  ['details', `details = replace(details, '"standing"', '"standinh"') || ' '`],
  ['at', `at = overlay(at placing '9' from 4 for 1)`],
  ['by_name', `by_name = 'Purses'`],
  ['case_id', `case_id = null`],
  ['hash', `hash = overlay(hash placing (case left(hash, 1) when 'a' then 'b' else 'a' end) from 1 for 1)`],
  [
    'previous',
    `previous = overlay(previous placing (case left(previous, 1) when 'a' then 'b' else 'a' end) from 1 for 1)`,
  ],
])('a change of %s names the entry', async (_column, change) => {
  const [kept] = await bench.asOwner(`select * from audit_entries where shop = '${bench.shop}' and seq = 5`)
  await bench.asOwner(`update audit_entries set ${change} where shop = '${bench.shop}' and seq = 5`)
  expect(await verify()).toMatchObject({ ok: false, firstBroken: { seq: 5, why: 'changed' } })
  const columns = Object.entries(kept ?? {}).map(
    ([name, value]) => `${name} = ${value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`}`,
  )
  await bench.asOwner(`update audit_entries set ${columns.join(', ')} where shop = '${bench.shop}' and seq = 5`)
  expect(await verify()).toMatchObject({ ok: true })
})

test('an entry taken out of the middle or from the end is missed', async () => {
  const { entries } = await verify()
  await bench.asOwner(`create table kept as select * from audit_entries where shop = '${bench.shop}'`)
  for (const gone of [3, entries]) {
    await bench.asOwner(`delete from audit_entries where shop = '${bench.shop}' and seq = ${gone}`)
    expect(await verify()).toMatchObject({ ok: false, firstBroken: { seq: gone, why: 'missing' } })
    await bench.asOwner(`insert into audit_entries select * from kept where seq = ${gone}`)
  }
  expect(await verify()).toMatchObject({ ok: true })
})

test('the application can neither change nor remove an entry, nor empty the table', async () => {
  const asApplication = (statement: string) =>
    bench.asOwner(`set role purser_app; select set_config('app.shop', '${bench.shop}', false); ${statement}`)
  for (const statement of [
    `update audit_entries set what = 'x'`,
    'delete from audit_entries',
    'truncate audit_entries',
    'delete from audit_heads',
  ])
    await expect(asApplication(statement)).rejects.toThrow(/permission denied/)
})

test('entries are listed the newest first, by case, person and kind, page by page', async () => {
  const page = { caseId: null, what: null, by: null, from: null, to: null, cursor: null, limit: 2 }
  const first = await bench.audit.entries(bench.shop, page, signal)
  const second = await bench.audit.entries(bench.shop, { ...page, cursor: first.nextCursor }, signal)
  const seqs = [...first.items, ...second.items].map(({ seq }) => seq)
  expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
  expect(new Set(seqs).size).toBe(4)
  const stored = await bench.audit.entries(bench.shop, { ...page, what: 'policy_stored', by: ADA.id }, signal)
  expect(stored.items).toMatchObject([{ what: 'policy_stored', by: ADA, details: { version: 1 } }])
  await expect(bench.audit.entries(bench.shop, { ...page, cursor: 'x' }, signal)).rejects.toMatchObject({
    code: 'db.cursor.invalid',
  })
})
