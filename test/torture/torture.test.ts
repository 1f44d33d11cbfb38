import { expect, test } from 'vitest'
import { torture } from './torture.ts'

test('loses and doubles nothing over ten rounds of SIGKILL to server and database', { timeout: 480_000 }, async () => {
  const { rounds, kills, acknowledged, lost, duplicated, details, ...cases } = await torture({
    rounds: 10,
    seed: 20_261,
  })
  expect(details).toEqual([])
  expect({ rounds, lost, duplicated }).toEqual({ rounds: 10, lost: 0, duplicated: 0 })
  expect(kills).toBeGreaterThanOrEqual(10)
  expect(cases).toMatchObject({ forbidden: 0 })
  expect(cases.reported).toBeGreaterThan(0)
  expect(cases.approved).toBeGreaterThan(0)
  expect(cases.effects).toBeGreaterThan(cases.approved)
  expect(acknowledged).toBeGreaterThan(20)
})
