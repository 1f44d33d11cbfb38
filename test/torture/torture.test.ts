import { expect, test } from 'vitest'
import { torture } from './torture.ts'

test('loses and doubles nothing over five rounds of SIGKILL to server and database', { timeout: 240_000 }, async () => {
  const { rounds, kills, acknowledged, lost, duplicated, details } = await torture({ rounds: 5, seed: 20_261 })
  expect(details).toEqual([])
  expect({ rounds, lost, duplicated }).toEqual({ rounds: 5, lost: 0, duplicated: 0 })
  expect(kills).toBeGreaterThanOrEqual(5)
  expect(acknowledged).toBeGreaterThan(20)
})
