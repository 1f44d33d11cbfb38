import { describe, expect, test } from 'vitest'
import type { OperatorSessions } from '#db/access/operators/operator-sessions.port.ts'
import type { Operators } from '#db/access/operators/operators.port.ts'
import type { OperatorId, OperatorSessionId, ShopId } from '#domain/ids.ts'
import type { Role } from '#domain/roles.ts'

export type OperatorsBench = {
  shop: ShopId
  other: ShopId
  operators: Operators
  operatorSessions: OperatorSessions
}

const { signal } = new AbortController()
const noon = new Date('2026-03-04T12:00:00.000Z')
const REMOVAL = { by: { id: 'opr_by', name: 'By' }, at: noon }
const MINUTE = 60
const HOUR = 3_600
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const sessionOf = (number: number, createdAt = noon) => ({
  id: `ops_${number}` as OperatorSessionId,
  proof: `token-${number}`,
  createdAt,
  expiresAt: new Date(createdAt.getTime() + 12 * HOUR * 1000),
  endsAt: new Date(createdAt.getTime() + 7 * 24 * HOUR * 1000),
})

/** What everything that knows operators must do; `open` gives each test a fresh one with two shops. */
export function operatorsContract(adapter: string, open: () => Promise<OperatorsBench>) {
  const add = async ({ operators, shop }: OperatorsBench, name: string, role: Role, seconds = 0) => {
    const id: OperatorId = `opr_${name}`
    await operators.add(shop, { id, name, role, createdAt: later(seconds) }, signal)
    return id
  }
  const letIn = ({ operators, shop }: OperatorsBench, id: OperatorId, code = 'code', seconds = 15 * MINUTE) =>
    operators.issueCode(shop, id, { proof: code, expiresAt: later(seconds) }, signal)
  const names = async ({ operators, shop }: OperatorsBench) =>
    (await operators.list(shop, signal)).map(({ name }) => name)

  describe(`Operators contract: ${adapter}`, () => {
    test('lists who was added, oldest first, and keeps shops apart', async () => {
      const bench = await open()
      const ada = await add(bench, 'Ada', 'admin', 2)
      await add(bench, 'Grace', 'agent', 1)
      expect(await bench.operators.list(bench.shop, signal)).toEqual([
        { id: 'opr_Grace', shop: bench.shop, name: 'Grace', role: 'agent', createdAt: later(1), lastSignInAt: null },
        { id: 'opr_Ada', shop: bench.shop, name: 'Ada', role: 'admin', createdAt: later(2), lastSignInAt: null },
      ])
      expect(await bench.operators.list(bench.other, signal)).toEqual([])
      expect(await bench.operators.remove(bench.other, ada, REMOVAL, signal)).toEqual({ outcome: 'unknown_operator' })
      expect(await bench.operators.issueCode(bench.other, ada, { proof: 'x', expiresAt: later(60) }, signal)).toBe(
        false,
      )
    })

    test('takes a name once, capitals aside, also from many at once, and again when it is free', async () => {
      const bench = await open()
      await add(bench, 'Ada', 'admin')
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          bench.operators.add(
            bench.shop,
            { id: `opr_${at}`, name: at % 2 ? 'grace' : 'GRACE', role: 'agent', createdAt: noon },
            signal,
          ),
        ),
      )
      expect(outcomes.filter(({ outcome }) => outcome === 'added')).toHaveLength(1)
      const grace = (await bench.operators.list(bench.shop, signal)).find(({ role }) => role === 'agent')
      await bench.operators.remove(bench.shop, grace?.id ?? 'opr_none', REMOVAL, signal)
      const again = { id: 'opr_again', name: 'Grace', role: 'agent', createdAt: noon } as const
      expect((await bench.operators.add(bench.shop, again, signal)).outcome).toBe('added')
      expect((await bench.operators.add(bench.other, { ...again, id: 'opr_other' }, signal)).outcome).toBe('added')
    })

    test('makes the owner once, also when asked by many at once', async () => {
      const bench = await open()
      const owners = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          bench.operators.ensureOwner(bench.shop, { id: `opr_${at}`, name: 'Owner', createdAt: noon }, signal),
        ),
      )
      const [stored] = await bench.operators.list(bench.shop, signal)
      expect(stored).toMatchObject({ name: 'Owner', role: 'admin' })
      expect(owners).toEqual(Array(8).fill(stored))
    })

    test('does not bring a removed owner back beside another admin', async () => {
      const bench = await open()
      const make = () =>
        bench.operators.ensureOwner(bench.shop, { id: 'opr_0', name: 'Owner', createdAt: noon }, signal)
      await make()
      await add(bench, 'Ada', 'admin')
      expect(await make()).toMatchObject({ id: 'opr_0' })
      await bench.operators.remove(bench.shop, 'opr_0', REMOVAL, signal)
      expect(await make()).toBeNull()
      expect(await names(bench)).toEqual(['Ada'])
    })

    test('keeps the last admin, also when admins remove each other at the same time', async () => {
      const bench = await open()
      const { operators, shop } = bench
      const remove = (id: OperatorId) => operators.remove(shop, id, REMOVAL, signal)
      const admins = async () => (await operators.list(shop, signal)).filter(({ role }) => role === 'admin')
      await add(bench, 'admin-0', 'admin')
      const grace = await add(bench, 'Grace', 'approver')
      for (let round = 1; round <= 8; round++) {
        for (const number of [1, 2]) await add(bench, `admin-${round}-${number}`, 'admin')
        const ids = (await admins()).map(({ id }) => id)
        // Asked at once over connections that are open already, so that the removals do meet.
        await Promise.all(ids.map(() => admins()))
        const outcomes = await Promise.all(ids.map(remove))
        expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['last_admin', 'removed', 'removed'])
      }
      const [last, ...others] = await admins()
      expect(others).toEqual([])
      expect(await remove(last?.id ?? 'opr_none')).toEqual({ outcome: 'last_admin' })
      expect([await remove(grace), await remove(grace)]).toEqual([
        { outcome: 'removed' },
        { outcome: 'unknown_operator' },
      ])
    })
  })

  describe(`OperatorSessions contract: ${adapter}`, () => {
    test('opens one session for a code that 64 use at once', async () => {
      const bench = await open()
      await letIn(bench, await add(bench, 'Ada', 'agent'))
      const opened = await Promise.all(
        Array.from({ length: 64 }, (_, at) => bench.operatorSessions.open('code', sessionOf(at), signal)),
      )
      const sessions = opened.filter((session) => session !== null)
      expect(sessions).toHaveLength(1)
      expect(sessions[0]?.operator).toMatchObject({ name: 'Ada', role: 'agent', lastSignInAt: noon })
      const inForce = await Promise.all(
        Array.from({ length: 64 }, (_, at) => bench.operatorSessions.touch(`token-${at}`, noon, later(HOUR), signal)),
      )
      expect(inForce.filter(Boolean)).toEqual(sessions)
    })

    test('refuses a code that is unknown, expired or replaced by a newer one', async () => {
      const bench = await open()
      const ada = await add(bench, 'Ada', 'agent')
      await letIn(bench, ada, 'first')
      await letIn(bench, ada, 'second')
      const at = (code: string, seconds: number) =>
        bench.operatorSessions.open(code, sessionOf(1, later(seconds)), signal)
      expect(await at('other', 0)).toBeNull()
      expect(await at('first', 0)).toBeNull()
      expect(await at('second', 15 * MINUTE)).toBeNull()
      expect((await bench.operators.list(bench.shop, signal))[0]?.lastSignInAt).toBeNull()
      expect(await at('second', 15 * MINUTE - 1)).not.toBeNull()
    })

    test('gives a session back to whoever shows its token, until it was idle too long', async () => {
      const bench = await open()
      await letIn(bench, await add(bench, 'Ada', 'agent'))
      const opened = await bench.operatorSessions.open('code', sessionOf(1), signal)
      const at = (seconds: number) =>
        bench.operatorSessions.touch('token-1', later(seconds), later(seconds + 12 * HOUR), signal)
      expect(await at(0)).toEqual(opened)
      expect(await bench.operatorSessions.touch('token-2', noon, later(HOUR), signal)).toBeNull()
      expect((await at(11 * HOUR))?.expiresAt).toEqual(later(23 * HOUR))
      expect((await at(23 * HOUR - 1))?.expiresAt).toEqual(later(35 * HOUR - 1))
      expect(await at(35 * HOUR - 1)).toBeNull()
    })

    test('says whether a session is in force without prolonging it', async () => {
      const bench = await open()
      await letIn(bench, await add(bench, 'Ada', 'agent'))
      await bench.operatorSessions.open('code', sessionOf(1), signal)
      const inForce = (seconds: number, shop = bench.shop) =>
        bench.operatorSessions.isInForce(shop, 'ops_1', later(seconds), signal)
      expect([await inForce(0), await inForce(12 * HOUR - 1), await inForce(12 * HOUR)]).toEqual([true, true, false])
      expect(await inForce(0, bench.other)).toBe(false)
    })

    test('ends a session that is always in use after its longest time', async () => {
      const bench = await open()
      await letIn(bench, await add(bench, 'Ada', 'agent'))
      await bench.operatorSessions.open('code', sessionOf(1), signal)
      const week = 7 * 24
      const seen: number[] = []
      for (let hour = 6; hour <= week + 6; hour += 6) {
        const at = later(hour * HOUR)
        const session = await bench.operatorSessions.touch('token-1', at, later((hour + 12) * HOUR), signal)
        if (!session) break
        seen.push(hour)
        expect(session.expiresAt.getTime()).toBeLessThanOrEqual(later(week * HOUR).getTime())
      }
      expect(seen.at(-1)).toBe(week - 6)
    })

    test('ends one session by sign-out, and all of an operator at once by removal', async () => {
      const bench = await open()
      const { operatorSessions, operators, shop, other } = bench
      const ada = await add(bench, 'Ada', 'agent')
      for (const number of [1, 2]) {
        await letIn(bench, ada, `code-${number}`)
        await operatorSessions.open(`code-${number}`, sessionOf(number), signal)
      }
      await letIn(bench, ada, 'code-3')
      const inForce = async (token: string) => (await operatorSessions.touch(token, noon, later(HOUR), signal)) !== null
      expect(await operatorSessions.end(other, 'ops_1', signal)).toBe(false)
      expect(await operatorSessions.end(shop, 'ops_1', signal)).toBe(true)
      expect(await operatorSessions.end(shop, 'ops_1', signal)).toBe(false)
      expect([await inForce('token-1'), await inForce('token-2')]).toEqual([false, true])
      await operators.remove(shop, ada, REMOVAL, signal)
      expect(await inForce('token-2')).toBe(false)
      expect(await operatorSessions.open('code-3', sessionOf(3), signal)).toBeNull()
    })

    test('neither waits for ever nor lets anybody in when a code is used while its operator is removed', async () => {
      const bench = await open()
      for (let round = 0; round < 8; round++) {
        const id = await add(bench, `round-${round}`, 'agent')
        await letIn(bench, id, `code-${round}`)
        const [opened] = await Promise.all([
          bench.operatorSessions.open(`code-${round}`, sessionOf(round), signal),
          bench.operators.remove(bench.shop, id, REMOVAL, signal),
        ])
        expect(opened === null || opened.operator.id === id).toBe(true)
        expect(await bench.operatorSessions.touch(`token-${round}`, noon, later(HOUR), signal)).toBeNull()
      }
    })

    test('purges sessions and codes that are over', async () => {
      const bench = await open()
      const ada = await add(bench, 'Ada', 'agent')
      await letIn(bench, ada)
      await bench.operatorSessions.open('code', sessionOf(1), signal)
      await letIn(bench, ada, 'unused')
      expect(await bench.operatorSessions.purge(bench.shop, later(15 * MINUTE), signal)).toBe(0)
      expect(await bench.operatorSessions.purge(bench.other, later(30 * 24 * HOUR), signal)).toBe(0)
      expect(await bench.operatorSessions.purge(bench.shop, later(HOUR), signal)).toBe(1)
      expect(await bench.operatorSessions.purge(bench.shop, later(13 * HOUR), signal)).toBe(1)
    })
  })
}
