import { expect, test } from 'vitest'
import { turns } from './turns.ts'

const { signal } = new AbortController()

test('the same key has one turn at a time, in the order of asking, also after a failure', async () => {
  const turn = turns()
  const seen: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = turn('a', signal, async () => {
    await gate.promise
    seen.push('first')
    throw new Error('broken')
  })
  const second = turn('a', signal, async () => seen.push('second'))
  await turn('b', signal, async () => seen.push('other'))
  gate.resolve()
  await expect(first).rejects.toThrow('broken')
  await second
  expect(seen).toEqual(['other', 'first', 'second'])
})

test('who is gone by their turn does nothing, and holds up nobody', async () => {
  const turn = turns()
  const gone = new AbortController()
  const gate = Promise.withResolvers<void>()
  const first = turn('a', signal, () => gate.promise)
  const second = turn('a', gone.signal, async () => 'done')
  const third = turn('a', signal, async () => 'third')
  gone.abort(new Error('gone'))
  gate.resolve()
  await first
  await expect(second).rejects.toThrow('gone')
  expect(await third).toBe('third')
})
