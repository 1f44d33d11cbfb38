import { describe, expect, test } from 'vitest'
import { arrange } from './arrange.ts'

describe('arrange', () => {
  test('free, shows what is wanted in its order', () => {
    expect(arrange(['a', 'b'], ['c', 'b', 'a'], false)).toEqual({ shown: ['c', 'b', 'a'], fresh: 0 })
  })
  test('held, moves and removes nothing and counts what waits', () => {
    expect(arrange(['a', 'b'], ['c', 'b', 'd'], true)).toEqual({ shown: ['a', 'b'], fresh: 2 })
  })
})
