import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readJson } from '#domain/foreign-json.ts'
import { OWN, worldOf } from '../guards/suite.ts'
import { UnusableInput } from '../suite.ts'

type Guard = { id: string; call: { name: string }; allowed: boolean; why: string; expectedDbChanges: object }
type Task = { id: string; goldCalls: { name: string }[]; goldErrors: { call: number; rule: string }[] }
const rows = <Row>(file: string) =>
  readFileSync(`${OWN}/${file}.jsonl`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => readJson(line) as Row)

test('the desk’s own guard cases hold every tool allowed and refused, and a refusal changes nothing', () => {
  const guards = rows<Guard>('guard-cases')
  const tools = Map.groupBy(guards, ({ call }) => call.name)
  expect(tools.size).toBe(7)
  for (const some of tools.values()) expect(new Set(some.map(({ allowed }) => allowed)).size).toBe(2)
  const refused = guards.filter(({ allowed }) => !allowed)
  for (const { expectedDbChanges } of refused) expect(expectedDbChanges).toEqual({ orders: {}, users: {} })
  expect(new Set(refused.map(({ why }) => why.split(':')[0])).size).toBe(34)
  expect(new Set(guards.map(({ id }) => id)).size).toBe(guards.length)
})

test('the desk’s own tasks hold refusals on the way, each at a call there is', () => {
  const tasks = rows<Task>('world-tasks')
  expect(tasks.filter(({ goldErrors }) => goldErrors.length > 0).length).toBeGreaterThan(10)
  for (const { goldCalls, goldErrors } of tasks)
    for (const { call } of goldErrors) expect(goldCalls[call]?.name).toMatch(/^(cancel|return)_/)
})

test('other people’s cases need the world they are about', () => {
  expect(worldOf({ own: true, world: null })).toBe(OWN)
  expect(worldOf({ own: false, world: '/shop' })).toBe('/shop')
  expect(() => worldOf({ own: false, world: null })).toThrow(UnusableInput)
})
