import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADA, type ApprovalsBench, approvalsBench, BEN, refundOf } from '../fixtures/approvals-bench.ts'
import { killedAtHead } from '../fixtures/killed-at-head.ts'

let bench: ApprovalsBench
beforeAll(async () => {
  bench = await approvalsBench()
  await bench.policy()
})
afterAll(() => bench.close())
const { signal } = new AbortController()

const TYPE = 'carrier_delay' as const
const levelNow = async () => (await bench.autonomy.all(bench.shop, signal)).find(({ type }) => type === TYPE)
const switchNow = async (scope: string) =>
  (await bench.switches.all(bench.shop, signal)).find((one) => one.scope === scope)?.on
const versionNow = async () => (await bench.policies.current(bench.shop, signal)).version
const entries = async (what: string) =>
  Number((await bench.asOwner(`select count(*) as n from audit_entries where what = '${what}'`))[0]?.n)
const knocks = async () => (await bench.outbox.pending(bench.shop, 1_000, signal)).filter(({ name }) => name === 'act')

/** Everything a change of authority may leave behind. */
async function authority(): Promise<unknown> {
  const tables = ['policy_versions', 'kill_switches', 'autonomy_levels', 'audit_entries', 'audit_heads', 'outbox']
  const all: unknown[] = []
  for (const table of tables)
    all.push((await bench.asOwner(`select t::text from ${table} as t order by 1`)).map(String))
  return all
}
/** Killed with all written and nothing committed, it has changed nothing; made again, it is whole. */
async function killedThenMade(change: () => Promise<unknown>): Promise<void> {
  const before = await authority()
  await killedAtHead(bench, change)
  expect(await authority()).toEqual(before)
  await change()
  expect(await authority()).not.toEqual(before)
  expect(await bench.audit.verify(bench.shop, signal)).toMatchObject({ ok: true })
}

describe('a policy', () => {
  const change = async (ifMatch: number | null) => {
    const { policy } = await bench.policies.current(bench.shop, signal)
    return { policy, ifMatch, by: ADA, note: null }
  }

  test('that is stored is stored with its entry or not at all', async () => {
    const next = await change(await versionNow())
    const before = await versionNow()
    await killedThenMade(() => bench.policies.put(bench.shop, next, signal))
    expect(await versionNow()).toBe(before + 1)
  })

  test('stored by two who saw the same version is stored once, and the other sees by whom', async () => {
    const before = await versionNow()
    const next = await change(before)
    const stored = await entries('policy_stored')
    const all = await Promise.all(
      [ADA, BEN].map((by) => bench.another().policies.put(bench.shop, { ...next, by }, signal)),
    )
    expect(all.map(({ outcome }) => outcome).sort()).toEqual(['moved', 'stored'])
    expect(new Set(all.map(({ version }) => version.by.id)).size).toBe(1)
    expect(await versionNow()).toBe(before + 1)
    expect(await entries('policy_stored')).toBe(stored + 1)
  })

  test('that is rolled back is rolled back whole or not at all', async () => {
    const before = await versionNow()
    await killedThenMade(() => bench.policies.rollBack(bench.shop, 1, ADA, signal))
    expect(await bench.policies.current(bench.shop, signal)).toMatchObject({ version: before + 1, rolledBackTo: 1 })
  })

  test('rolled back and stored at once is the one after the other', async () => {
    const before = await versionNow()
    const next = await change(before)
    const [rolled, put] = await Promise.all([
      bench.policies.rollBack(bench.shop, 1, ADA, signal),
      bench.another().policies.put(bench.shop, next, signal),
    ])
    // Rolling back matches every version; storing matches only the one that was seen.
    const isFirst = rolled?.version === before + 1
    expect(put.outcome).toBe(isFirst ? 'moved' : 'stored')
    expect(await versionNow()).toBe(isFirst ? before + 1 : before + 2)
    expect(await bench.policies.current(bench.shop, signal)).toMatchObject({ rolledBackTo: 1 })
  })

  test('stored by two who are both killed is stored by nobody', async () => {
    const next = await change(await versionNow())
    const before = await authority()
    await killedAtHead(
      bench,
      () => bench.policies.put(bench.shop, next, signal),
      () => bench.another().policies.put(bench.shop, next, signal),
    )
    expect(await authority()).toEqual(before)
  })
})

describe('a switch', () => {
  const set = (on: boolean, by = ADA) =>
    bench.another().switches.set(bench.shop, { scope: `type:${TYPE}`, on, reason: 'test', by }, signal)

  test('is thrown whole or not at all, and so are the knocks at what waited for it', async () => {
    await killedThenMade(() => set(true))
    expect(await switchNow(`type:${TYPE}`)).toBe(true)
    const { caseId, proposal } = await bench.proposed({ actions: [refundOf(1)] })
    await bench.journal.authorise(bench.shop, caseId, proposal.hash, signal)
    expect(await knocks()).toEqual([])
    await killedThenMade(() => set(false))
    expect(await switchNow(`type:${TYPE}`)).toBe(false)
    expect(await knocks()).toMatchObject([{ payload: { caseId } }])
  })

  test('thrown by two at once is as the last of them says, and both are on record in that order', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await Promise.all([set(true, ADA), set(false, BEN)])
      const [last] = await bench.asOwner(
        `select what, by_id from audit_entries where subject = 'type:${TYPE}' and what like 'switched%' order by seq desc`,
      )
      const on = await switchNow(`type:${TYPE}`)
      expect(last).toEqual(on ? { what: 'switched_off', by_id: ADA.id } : { what: 'switched_on', by_id: BEN.id })
    }
  })
})

describe('a level of autonomy', () => {
  const set = (level: 'off' | 'shadow' | 'suggest', by = ADA) =>
    bench.another().autonomy.set(bench.shop, TYPE, level, by, signal)

  test('is set whole or not at all', async () => {
    await killedThenMade(() => set('suggest'))
    expect(await levelNow()).toMatchObject({ level: 'suggest', by: ADA })
    await killedThenMade(() => set('off'))
    expect(await levelNow()).toMatchObject({ level: 'off' })
  })

  test('set to the same by two at once is set once', async () => {
    for (const level of ['shadow', 'suggest', 'off'] as const) {
      const before = await entries('autonomy_set')
      const all = await Promise.all([ADA, BEN].map((by) => set(level, by)))
      expect(all.map(({ outcome }) => outcome).sort()).toEqual(['same', 'set'])
      expect(await entries('autonomy_set')).toBe(before + 1)
    }
  })

  test('set differently by two at once is set by one after the other, each from what it found', async () => {
    await set('off')
    await Promise.all([set('shadow', ADA), set('suggest', BEN)])
    const [last, first] = (
      await bench.asOwner(`select details from audit_entries where what = 'autonomy_set' order by seq desc limit 2`)
    ).map(({ details }) => JSON.parse(String(details)) as { from: string; level: string })
    expect(first?.from).toBe('off')
    expect(last?.from).toBe(first?.level)
    expect((await levelNow())?.level).toBe(last?.level)
  })

  test('never set is set by the first of two, and the other starts from there', async () => {
    await bench.asOwner('delete from autonomy_levels')
    await Promise.all([set('shadow', ADA), set('suggest', BEN)])
    const [last, first] = (
      await bench.asOwner(`select details from audit_entries where what = 'autonomy_set' order by seq desc limit 2`)
    ).map(({ details }) => JSON.parse(String(details)) as { from: string; level: string })
    expect(first?.from).toBe('auto')
    expect(last?.from).toBe(first?.level)
  })
})
