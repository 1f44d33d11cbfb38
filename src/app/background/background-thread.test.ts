import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { importBench } from '../../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../../test/fixtures/knowledge-bench.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import { questionCount } from './asked-lately.ts'
import { type BackgroundThread, backgroundThread } from './background-thread.ts'

const { signal } = new AbortController()
let bench: Awaited<ReturnType<typeof knowledgeBench>>
let thread: BackgroundThread | null = null
const clock = manualClock()
const { shared: questions } = questionCount()
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterEach(async () => {
  await thread?.close(signal)
  thread = null
  expect(clock.waiting()).toEqual([])
})
afterAll(() => bench.close())

function open(worker?: URL): BackgroundThread {
  thread = backgroundThread({ connection: bench.connection, logLevel: 'silent', questions }, clock, silentLog, worker)
  return thread
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify({ id: `p${at}`, kind: 'product', title: `Lamp ${at}`, text: `Lamp number ${at}.` }),
  ).join('\n')

test('runs an import to its end in a thread of its own, and looks at what came', async () => {
  const { shop, upload, report } = await importBench(bench)
  const id = await upload(lines(600))
  const { imports, findings } = open()
  expect(await imports.run(shop, id, signal)).toBe('done')
  expect(await report(id)).toMatchObject({ status: 'done', created: 600 })
  expect(await findings.pass(shop, signal)).toEqual({ looked: 600 })
})

test('a thread without work ends, and the next task has another', async () => {
  const { shop, upload } = await importBench(bench)
  const { imports } = open()
  expect(await imports.run(shop, await upload(lines(1)), signal)).toBe('done')
  expect(clock.waiting()).toEqual([5_000])
  await clock.advance(5_000)
  expect(clock.waiting()).toEqual([])
  expect(await imports.run(shop, await upload(lines(2)), signal)).toBe('done')
})

test('closing gives up what runs, and leaves nothing that waits', async () => {
  const { shop, upload } = await importBench(bench)
  const { imports, close } = open()
  const given = imports.run(shop, await upload(lines(4_000)), signal).catch((error: Error) => error)
  await close(signal)
  expect(await given).toBeInstanceOf(Error)
  expect(clock.waiting()).toEqual([])
})

test('an import that ended already is nobody’s work', async () => {
  const { shop, upload, imports } = await importBench(bench)
  const id = await upload(lines(1))
  await imports.cancel(shop, id, signal)
  expect(await open().imports.run(shop, id, signal)).toBe('moved')
})

test('what the thread throws arrives as the fault it was', async () => {
  const { shop } = await importBench(bench)
  const nowhere = { ...bench.connection, port: 1, host: '127.0.0.1' }
  thread = backgroundThread({ connection: nowhere, logLevel: 'silent', questions }, clock, silentLog)
  await expect(thread.imports.run(shop, 'imp_none', signal)).rejects.toMatchObject({
    kind: 'retryable',
    code: 'db.connection.lost',
  })
})

test('rejects with the reason when aborted, and the import goes on where it was left', async () => {
  const { shop, upload, report } = await importBench(bench)
  const id = await upload(lines(2_000))
  const { imports } = open()
  const stopping = new AbortController()
  const running = imports.run(shop, id, stopping.signal)
  const reason = new Error('the server stops')
  stopping.abort(reason)
  await expect(running).rejects.toBe(reason)
  expect(await imports.run(shop, id, signal)).toBe('done')
  expect(await report(id)).toMatchObject({ status: 'done', created: 2_000 })
})

test('a thread that dies fails what it had as retryable', async () => {
  const { shop } = await importBench(bench)
  const dies = open(new URL('data:text/javascript,process.exit(3)'))
  await expect(dies.imports.run(shop, 'imp_any', signal)).rejects.toMatchObject({
    kind: 'retryable',
    code: 'app.background.died',
  })
})
