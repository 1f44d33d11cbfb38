import { expect, test } from 'vitest'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { givingWay, questionCount } from './asked-lately.ts'

const { signal } = new AbortController()

function bench() {
  const clock = manualClock()
  const { shared, note } = questionCount()
  return { clock, note, rest: givingWay(shared, clock) }
}

test('work goes on at once while nobody asks', async () => {
  const { clock, rest } = bench()
  expect(await rest(signal)).toBe('calm')
  expect(await rest(signal)).toBe('calm')
  expect(clock.waiting()).toEqual([])
})

test('work rests after a question until none came for a moment', async () => {
  const { clock, note, rest } = bench()
  note()
  const resting = rest(signal)
  await clock.advance(90)
  note()
  await clock.advance(100)
  expect(clock.waiting()).toEqual([10])
  await clock.advance(10)
  expect(await resting).toBe('asked')
  expect(await rest(signal)).toBe('calm')
})

test('work goes on however many questions come', async () => {
  const { clock, note, rest } = bench()
  let over = false
  note()
  const resting = rest(signal).finally(() => {
    over = true
  })
  for (let passed = 0; passed < 450; passed += 50) {
    await clock.advance(50)
    note()
  }
  expect(over).toBe(false)
  await clock.advance(50)
  expect(await resting).toBe('asked')
})

test('rest ends with the reason when aborted', async () => {
  const { note, rest } = bench()
  note()
  const stopping = new AbortController()
  const resting = rest(stopping.signal)
  const reason = new Error('the server stops')
  stopping.abort(reason)
  await expect(resting).rejects.toBe(reason)
})
