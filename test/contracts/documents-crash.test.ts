import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import type { ImportRequest } from '#db/knowledge/imports.port.ts'
import { type ImportId, type ShopId, shopId } from '#domain/ids.ts'
import { shopImports } from '#ingest/imports.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'

const { signal } = new AbortController()
const REQUEST: ImportRequest = { source: 'file', mode: 'replace', dryRun: false, allowRetire: true }
const PROCESS = join(import.meta.dirname, '../fixtures/import-process.ts')
const row = (id: string, text: string) => JSON.stringify({ id, kind: 'faq', title: `Question ${id}?`, text })
const FILE = [
  ...Array.from({ length: 60 }, (_, at) => row(`d${at}`, `Text ${at}.`)),
  'bad',
  row('d3', 'Newer.'),
  '{"id":"cut',
].join('\n')

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

test('an import whose process is killed again and again ends as an undisturbed one', async () => {
  const bench = await knowledgeBench()
  const clock = systemClock()
  const { documents, imports: store, feed, log } = bench
  const imports = shopImports({
    store,
    documents,
    index: { caughtUp: async () => {} },
    clock,
    ids: randomIds(clock),
    log,
    batchRows: 4,
  })
  const state = async (shop: ShopId, id: ImportId) => {
    const { upserted, epoch } = await feed.since(shop, -1, null, signal)
    const { id: _id, startedAt: _started, finishedAt: _finished, ...report } = (await store.get(shop, id, signal)) ?? {}
    const content = upserted.map(({ id: chunk, documentVersion, text }) => [chunk, documentVersion, text]).sort()
    return { report, epoch, content, errors: await store.errors(shop, id, [-1, 0], 99, signal) }
  }
  try {
    const calm = bench.other
    await imports
      .start(calm, REQUEST, 'ndjson', bytes(row('old', 'Gone soon.')), signal)
      .then((id) => imports.run(calm, id, signal))
    const undisturbed = await imports.start(calm, REQUEST, 'ndjson', bytes(FILE), signal)
    await imports.run(calm, undisturbed, signal)

    const shop = shopId('one')
    await imports
      .start(shop, REQUEST, 'ndjson', bytes(row('old', 'Gone soon.')), signal)
      .then((id) => imports.run(shop, id, signal))
    const killed = await imports.start(shop, REQUEST, 'ndjson', bytes(FILE), signal)
    for (const batches of [0, 1, 3, 2]) expect(await runUntil(bench.connection, batches)).toBe('at work')
    expect(await runUntil(bench.connection, Number.POSITIVE_INFINITY)).toBe('finished')
    expect(await state(shop, killed)).toEqual(await state(calm, undisturbed))
    expect((await store.get(shop, killed, signal))?.status).toBe('done')
  } finally {
    await bench.close()
  }
}, 60_000)

/** Lets a process work until it stored `batches` of them or has finished the import, then kills it. */
async function runUntil(connection: object, batches: number): Promise<'at work' | 'finished' | 'gone'> {
  const child = spawn(process.execPath, [PROCESS, JSON.stringify(connection)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const dead = once(child, 'exit')
  let stored = 0
  let outcome: 'at work' | 'finished' | 'gone' = 'gone'
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'committed') stored++
    if (line === 'done') outcome = 'finished'
    else if (stored >= batches) outcome = 'at work'
    if (outcome !== 'gone') break
  }
  child.kill('SIGKILL')
  await dead
  return outcome
}
