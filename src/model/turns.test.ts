import { describe, expect, test } from 'vitest'
import { manualClock } from '../../test/fakes/manual-clock.ts'
import { turns } from './turns.ts'

const { signal } = new AbortController()

type Task = ReturnType<typeof task>

/** A task that ends when told, noting when it began. */
function task(name: string, begun: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>()
  const run = () => {
    begun.push(name)
    return promise
  }
  return { run, end: () => resolve(name) }
}

test('a question overtakes background work that has not begun', async () => {
  const begun: string[] = []
  const queue = turns()
  const [first, second, question] = [task('first', begun), task('second', begun), task('question', begun)]
  const results = [
    queue.take('background', first.run, signal),
    queue.take('background', second.run, signal),
    queue.take('question', question.run, signal),
  ]
  first.end()
  question.end()
  second.end()
  expect(await Promise.all(results)).toEqual(['first', 'second', 'question'])
  expect(begun).toEqual(['first', 'question', 'second'])
})

test('rejects with the reason and never begins when aborted while waiting', async () => {
  const begun: string[] = []
  const queue = turns()
  const [first, second] = [task('first', begun), task('second', begun)]
  const abort = new AbortController()
  const running = queue.take('question', first.run, signal)
  const waiting = queue.take('question', second.run, abort.signal)
  const reason = new Error('the shopper left')
  abort.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  first.end()
  await running
  expect(begun).toEqual(['first'])
})

test('rejects at once when aborted mid-turn, and the next waits for the turn to end', async () => {
  const begun: string[] = []
  const queue = turns()
  const [first, second] = [task('first', begun), task('second', begun)]
  const abort = new AbortController()
  const running = queue.take('question', first.run, abort.signal)
  const next = queue.take('question', second.run, signal)
  abort.abort(new Error('the shopper left'))
  await expect(running).rejects.toThrow('the shopper left')
  expect(begun).toEqual(['first'])
  first.end()
  second.end()
  expect(await next).toBe('second')
})

test('goes on after a task that failed', async () => {
  const queue = turns()
  await expect(queue.take('question', () => Promise.reject(new Error('no')), signal)).rejects.toThrow('no')
  expect(await queue.take('question', async () => 'yes', signal)).toBe('yes')
})

test('background work waits a moment after a question, so that the next of the same shopper goes first', async () => {
  const begun: string[] = []
  const clock = manualClock()
  const queue = turns(clock)
  const names = ['earlier', 'question', 'later', 'second question'] as const
  const [earlier, question, later, second] = names.map((name) => task(name, begun)) as [Task, Task, Task, Task]
  const first = queue.take('background', earlier.run, signal)
  const asked = queue.take('question', question.run, signal)
  const waiting = queue.take('background', later.run, signal)
  earlier.end()
  await first
  question.end()
  await asked
  await clock.advance(10)
  const next = queue.take('question', second.run, signal)
  second.end()
  await next
  expect(begun).toEqual(['earlier', 'question', 'second question'])
  await clock.advance(40)
  later.end()
  await waiting
  expect(begun.at(-1)).toBe('later')
})

test('background work gets its turn however many questions come', async () => {
  const begun: string[] = []
  const clock = manualClock()
  const queue = turns(clock)
  const [before, background] = [task('before', begun), task('background', begun)]
  const first = queue.take('background', before.run, signal)
  before.end()
  await first
  for (let number = 0; number < 30; number += 1) {
    const question = task(`question ${number}`, begun)
    const asked = queue.take('question', question.run, signal)
    if (number === 0) void queue.take('background', background.run, signal)
    question.end()
    background.end()
    await asked
    await clock.advance(20)
  }
  expect(begun.indexOf('background')).toBeGreaterThan(5)
  expect(begun.indexOf('background')).toBeLessThan(20)
})

test('lets several questions run at once where it may, and background work only alone', async () => {
  const begun: string[] = []
  const queue = turns(null, 2)
  const [one, two, three, work] = ['one', 'two', 'three', 'work'].map((name) => task(name, begun)) as [
    Task,
    Task,
    Task,
    Task,
  ]
  const results = [
    queue.take('question', one.run, signal),
    queue.take('question', two.run, signal),
    queue.take('question', three.run, signal),
    queue.take('background', work.run, signal),
  ]
  expect(begun).toEqual(['one', 'two'])
  one.end()
  await results[0]
  await Promise.resolve()
  expect(begun).toEqual(['one', 'two', 'three'])
  two.end()
  await results[1]
  expect(begun).toEqual(['one', 'two', 'three'])
  three.end()
  work.end()
  expect(await Promise.all(results)).toEqual(['one', 'two', 'three', 'work'])
})

test('a question begins beside background work where several may run', async () => {
  const begun: string[] = []
  const queue = turns(null, 2)
  const [work, question] = [task('work', begun), task('question', begun)]
  const results = [queue.take('background', work.run, signal), queue.take('question', question.run, signal)]
  expect(begun).toEqual(['work', 'question'])
  work.end()
  question.end()
  await Promise.all(results)
})

describe('with two lanes', () => {
  /** Tasks that note their lane, and how to end each. */
  function lanesBench(atOnce: number) {
    const begun: string[] = []
    const queue = turns(null, atOnce, 2)
    const ends = new Map<string, () => Promise<void>>()
    const take = (priority: 'question' | 'background', ...names: string[]) => {
      for (const name of names) {
        const one = task(name, [])
        const run = (lane: number) => {
          begun.push(`${name} in ${lane}`)
          return one.run()
        }
        const taken = queue.take(priority, run, signal)
        ends.set(name, async () => {
          one.end()
          await taken
          await Promise.resolve()
        })
      }
    }
    return { begun, take, end: (name: string) => ends.get(name)?.() }
  }

  test('background work fills each, and a question goes behind what began first', async () => {
    const { begun, take, end } = lanesBench(2)
    take('background', 'one', 'two', 'three', 'four')
    expect(begun).toEqual(['one in 0', 'two in 1'])
    await end('one')
    expect(begun.slice(2)).toEqual(['three in 0'])
    take('question', 'question')
    expect(begun.slice(3)).toEqual(['question in 1'])
    await end('two')
    await end('three')
    expect(begun.slice(4)).toEqual([])
    await end('question')
    expect(begun.slice(4)).toEqual(['four in 0'])
    await end('four')
  })

  test('questions keep to the first that has no background work', async () => {
    const { begun, take, end } = lanesBench(2)
    take('question', 'one', 'two', 'three')
    expect(begun).toEqual(['one in 0', 'two in 0'])
    await end('one')
    expect(begun.slice(2)).toEqual(['three in 0'])
    await Promise.all([end('two'), end('three')])
    take('background', 'work')
    take('question', 'four')
    expect(begun.slice(3)).toEqual(['work in 0', 'four in 1'])
    await Promise.all([end('work'), end('four')])
  })

  test('all are filled again after the moment that follows a question', async () => {
    const begun: string[] = []
    const clock = manualClock()
    const queue = turns(clock, 1, 2)
    const [before, question, ...works] = ['before', 'question', 'one', 'two'].map((name) => task(name, begun)) as [
      Task,
      Task,
      ...Task[],
    ]
    const first = queue.take('background', before.run, signal)
    before.end()
    await first
    const asked = queue.take('question', question.run, signal)
    const working = works.map(({ run }) => queue.take('background', run, signal))
    question.end()
    await asked
    expect(begun).toEqual(['before', 'question'])
    await clock.advance(30)
    expect(begun.slice(2)).toEqual(['one', 'two'])
    for (const { end } of works) end()
    await Promise.all(working)
  })
})
