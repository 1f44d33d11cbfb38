import { expect, test } from 'vitest'
import { background } from './background.ts'

test('is idle once everything that was started has ended, also what failed', async () => {
  const failures: unknown[] = []
  const work = background((error) => failures.push(error))
  const first = Promise.withResolvers<void>()
  work.run(first.promise)
  work.run(Promise.reject(new Error('broke')))
  let idle = false
  const waiting = work.idle(new AbortController().signal).then(() => {
    idle = true
  })
  await Promise.resolve()
  expect(idle).toBe(false)
  first.resolve()
  await waiting
  expect(failures).toEqual([new Error('broke')])
})

test('gives up waiting when told to', async () => {
  const work = background(() => {})
  work.run(new Promise(() => {}))
  await expect(work.idle(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})
