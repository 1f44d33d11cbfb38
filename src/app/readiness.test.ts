import { expect, test } from 'vitest'
import type { Shops } from '#db/access/shops.port.ts'
import { shopId } from '#domain/ids.ts'
import type { KnowledgeIndex } from '#rag/retrieval.port.ts'
import type { MailState } from '#support/mail/mailer.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { instanceReadiness } from './readiness.ts'

const { signal } = new AbortController()

/** An instance whose mail is in the states given, one a question; `after` moves time, and waiting for it takes none. */
function instance(...states: (MailState | 'silent')[]) {
  let elapsed = 0
  let asked = 0
  const readiness = instanceReadiness({
    shop: shopId('shop'),
    shops: { get: async () => ({}) } as unknown as Shops,
    index: { state: () => ({ chunks: 1, vectors: 1, dense: 'exact' }) } as unknown as KnowledgeIndex,
    embedder: { state: 'off', reason: 'not asked' } as never,
    workers: () => true,
    web: () => ({ state: 'ready' }),
    mailer: {
      async check(within) {
        const state = states[Math.min(asked++, states.length - 1)]
        if (state !== 'silent') return state ?? { state: 'ready' }
        return new Promise((_never, reject) => {
          if (within.aborted) reject(within.reason)
          within.addEventListener('abort', () => reject(within.reason))
        })
      },
    },
    clock: { ...systemClock(), elapsed: () => elapsed, deadline: () => AbortSignal.timeout(1) },
  })
  return {
    after(ms: number) {
      elapsed += ms
    },
    asked: () => asked,
    mail: async () => {
      const { ready, dependencies } = await readiness.check(signal)
      return { ready, mail: dependencies.mail }
    },
  }
}

test('an instance without a mail server says that messages stay in the outbox', async () => {
  const { mail } = instance({ state: 'outbox', folder: '/data/outbox' })
  const state = await mail()
  expect(state).toMatchObject({ ready: true, mail: { state: 'outbox' } })
  expect(JSON.stringify(state)).not.toContain('/data')
})

test('a mail server that is down leaves the instance ready, and is told with its reason', async () => {
  const { mail } = instance({ state: 'down', why: 'The mail server cannot be used right now (ESOCKET).' })
  expect(await mail()).toEqual({
    ready: true,
    mail: { state: 'down', detail: 'The mail server cannot be used right now (ESOCKET).' },
  })
})

test('a mail server that says nothing is down, not waited for', async () => {
  expect(await instance('silent').mail()).toMatchObject({ ready: true, mail: { state: 'down' } })
})

test('a mail server is asked once a minute, however often the instance is', async () => {
  const { mail, after, asked } = instance({ state: 'ready' }, { state: 'down', why: 'gone' })
  for (let each = 0; each < 5; each++) expect((await mail()).mail).toEqual({ state: 'ready' })
  after(59_999)
  await mail()
  expect(asked()).toBe(1)
  after(1)
  expect((await mail()).mail).toMatchObject({ state: 'down' })
  expect(asked()).toBe(2)
})
