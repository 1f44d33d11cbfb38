import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomIds } from '#telemetry/ids.ts'
import { manualClock } from '../../test/fakes/manual-clock.ts'
import { importBench, UPSERT } from '../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'
import { shopImports } from './imports.ts'

const { signal } = new AbortController()
const line = (id: string) => Buffer.from(`${JSON.stringify({ id, kind: 'faq', title: 'Q?', text: 'A.' })}\n`)

let bench: Awaited<ReturnType<typeof knowledgeBench>>
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

async function open() {
  const { shop } = await importBench(bench)
  const clock = manualClock()
  const signs: number[] = []
  const imports = shopImports({
    store: {
      ...bench.imports,
      receive: (...args) => {
        signs.push(clock.elapsed())
        return bench.imports.receive(...args)
      },
    },
    documents: bench.documents,
    boilerplate: bench.boilerplate,
    index: { caughtUp: async () => {} },
    clock,
    ids: randomIds(clock),
    log: bench.log,
  })
  const start = (body: AsyncIterable<Uint8Array>) => imports.start(shop, UPSERT, { format: 'ndjson' }, body, signal)
  return { shop, clock, signs, imports, start }
}

describe('an upload that takes long', () => {
  test('gives a sign of life at least every half minute, so that nobody takes it for broken off', async () => {
    const { clock, signs, start, imports, shop } = await open()
    async function* slow() {
      for (let at = 0; at < 20; at++) {
        yield line(`d${at}`)
        await clock.advance(10_000)
      }
    }
    const id = await start(slow())
    const gaps = signs.map((at, index) => at - (signs[index - 1] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_000)
    expect(await imports.get(shop, id, signal)).toMatchObject({ status: 'running', total: 20 })
  })

  test('ends soon when it is cancelled, and what follows is not taken', async () => {
    const { clock, start, imports, shop } = await open()
    let taken = 0
    async function* endless() {
      for (; taken < 1_000; taken++) {
        yield line(`d${taken}`)
        await clock.advance(10_000)
        const [{ id }] = await bench.asOwner(`select id from imports where shop = '${shop}'`)
        if (taken === 2) expect(await imports.cancel(shop, id, signal)).toBe('cancelled')
      }
    }
    await expect(start(endless())).rejects.toMatchObject({ code: 'ingest.import.ended', status: 409 })
    expect(taken).toBeLessThan(10)
    expect(await bench.asOwner(`select status from imports where shop = '${shop}'`)).toEqual([{ status: 'cancelled' }])
    expect(await bench.asOwner(`select line from import_rows where shop = '${shop}'`)).toEqual([])
  })
})
