import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresLeases } from '#db/background/leases.postgres.ts'
import { postgresSyncedSources } from '#db/sources/synced-sources.postgres.ts'
import { Fault } from '#domain/fault.ts'
import { shopId } from '#domain/ids.ts'
import { randomIds } from '#telemetry/ids.ts'
import { movableClock } from '../../../test/fakes/movable-clock.ts'
import { knowledgeBench } from '../../../test/fixtures/knowledge-bench.ts'
import { shopImports } from '../imports.ts'
import { shopSources } from './shop-sources.ts'
import type { SourceFile, SourceFiles } from './source-file.port.ts'

const { signal } = new AbortController()
const clock = movableClock()
const ids = randomIds(clock)
const MINUTE = 60_000
let bench: Awaited<ReturnType<typeof knowledgeBench>>
let shops = 0
beforeAll(async () => {
  bench = await knowledgeBench(clock)
})
afterAll(() => bench.close())

const row = (id: string, text: string) => `${JSON.stringify({ id, kind: 'faq', title: `${id}?`, text })}\n`

/** Sources of a shop of its own, over a file that a test writes; `processes` share the shop. */
async function open() {
  const shop = shopId(`shop-${++shops}`)
  await bench.database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const file = { text: '', etag: 1, format: 'ndjson' as const, fault: null as Fault | null, opened: 0 }
  let onOpen = async () => {}
  let onBody = async () => {}
  const files: SourceFiles = {
    problemOf: (url) => (url.startsWith('https:') ? null : 'Not https.'),
    async open(_url, { seen }): Promise<SourceFile> {
      file.opened++
      await onOpen()
      if (file.fault) throw file.fault
      if (seen === String(file.etag)) return { outcome: 'unchanged' }
      async function* body() {
        yield Buffer.from(file.text)
        await onBody()
        yield Buffer.from('\n')
      }
      return { outcome: 'file', format: file.format, seen: String(file.etag), body: body() }
    },
  }
  const imports = shopImports({
    store: bench.imports,
    documents: bench.documents,
    boilerplate: bench.boilerplate,
    index: { caughtUp: async () => {} },
    ...{ clock, ids, log: bench.log },
  })
  const store = postgresSyncedSources(bench.database)
  const process = () => {
    const leases = postgresLeases(bench.database, clock)
    return shopSources({ store, files, imports, leases, clock, ids, log: bench.log })
  }
  const sources = process()
  const given = { url: 'https://shop.example/feed', format: null, mapping: null, currency: null, site: null }
  const added = await sources.add(shop, { name: 'feed', mode: 'replace', everyMinutes: 60, ...given }, signal)
  if (added.outcome !== 'added') throw new Error('the source was not added')
  return {
    ...{ shop, file, sources, id: added.source.id, another: process },
    given: { name: 'feed', mode: 'upsert' as const, everyMinutes: 1, ...given },
    duringOpen: (work: () => Promise<void>) => {
      onOpen = work
    },
    duringBody: (work: () => Promise<void>) => {
      onBody = work
    },
    sync: () => sources.syncDue(shop, signal),
    async source() {
      const [source] = await sources.list(shop, signal)
      if (!source) throw new Error('there is no source')
      if (source.importId) await imports.run(shop, source.importId, signal)
      return source
    },
    documents: async () =>
      (await bench.documents.list(shop, { cursor: null, limit: 50 }, signal)).items.map((one) => one.document.id),
  }
}

describe('a source', () => {
  test('is read at once, then at its pace, and imported when it changed', async () => {
    const { file, sync, source, documents } = await open()
    file.text = row('a', 'One.') + row('b', 'Two.')
    expect(await sync()).toBe(1)
    expect(await source()).toMatchObject({ last: { outcome: 'imported' }, failures: 0 })
    expect(await documents()).toEqual(['a', 'b'])
    expect(await sync()).toBe(0)
    clock.move(60 * MINUTE)
    expect(await sync()).toBe(1)
    expect(await source()).toMatchObject({ last: { outcome: 'unchanged' }, lastImport: { status: 'done' } })
    clock.move(60 * MINUTE)
    file.etag = 2
    file.text = row('a', 'One.') + row('b', 'Two.') + row('c', 'Three.') + row('d', 'Four.')
    await sync()
    await source()
    expect(await documents()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('that is suddenly empty retires nothing, and says so', async () => {
    const { file, sync, source, sources, shop, id, documents } = await open()
    file.text = row('a', 'One.') + row('b', 'Two.')
    await sync()
    await source()
    file.text = '\n'
    file.etag = 2
    await sources.syncNow(shop, id, { allowRetire: false }, signal)
    await sync()
    await source()
    expect(await source()).toMatchObject({ lastImport: { status: 'failed', problem: { code: 'mass_retirement' } } })
    expect(await documents()).toEqual(['a', 'b'])
  })

  test('that cannot be reached is tried again sooner than usual, and is as before afterwards', async () => {
    const { file, sync, source } = await open()
    file.fault = new Fault({ kind: 'retryable', code: 'ingest.source.unreachable', message: 'Away.' })
    await sync()
    const problem = { code: 'ingest.source.unreachable', message: 'Away.' }
    expect(await source()).toMatchObject({ failures: 1, last: { outcome: 'failed', problem } })
    clock.move(MINUTE)
    expect(await sync()).toBe(1)
    clock.move(MINUTE)
    expect(await sync()).toBe(0)
    clock.move(MINUTE)
    file.fault = null
    file.text = row('a', 'One.')
    expect(await sync()).toBe(1)
    expect(await source()).toMatchObject({ failures: 0, last: { outcome: 'imported', problem: null } })
  })

  test('whose server is busy is left alone as long as it asks for', async () => {
    const { file, sync, source } = await open()
    const busy = { kind: 'retryable', code: 'ingest.source.unreachable', message: 'Busy.', retryAfter: 600 } as const
    file.fault = new Fault(busy)
    await sync()
    clock.move(9 * MINUTE)
    expect(await sync()).toBe(0)
    clock.move(MINUTE)
    file.fault = null
    file.text = row('a', 'One.')
    expect(await sync()).toBe(1)
    expect(await source()).toMatchObject({ failures: 0, last: { outcome: 'imported' } })
  })

  test('is read anew when asked, also when it seems unchanged and while it is being read', async () => {
    const { file, sync, source, sources, shop, id, duringOpen } = await open()
    file.text = row('a', 'One.')
    await sync()
    await source()
    await sources.syncNow(shop, id, { allowRetire: false }, signal)
    duringOpen(async () => {
      duringOpen(async () => {})
      clock.move(1)
      await sources.syncNow(shop, id, { allowRetire: false }, signal)
    })
    expect(await sync()).toBe(1)
    await source()
    expect(await sync()).toBe(1)
    expect(await source()).toMatchObject({ last: { outcome: 'imported' } })
    expect(file.opened).toBe(3)
    expect(await sync()).toBe(0)
  })

  test('is read by one of several processes', async () => {
    const { file, shop, sources, another, duringOpen } = await open()
    file.text = row('a', 'One.')
    const other = another()
    duringOpen(async () => void (await other.syncDue(shop, signal)))
    await sources.syncDue(shop, signal)
    expect(file.opened).toBe(1)
    await other.syncDue(shop, signal)
    expect(file.opened).toBe(1)
  })

  test('is read once when two jobs of one process look at the same time', async () => {
    const { file, sync, duringOpen } = await open()
    file.text = row('a', 'One.')
    duringOpen(async () => {
      duringOpen(async () => {})
      await sync()
    })
    await sync()
    expect(file.opened).toBe(1)
  })

  test('is not read again while what was read before is still being stored, so that older never comes after newer', async () => {
    const { file, sync, sources, source, shop, id, documents } = await open()
    file.text = row('old', 'One.')
    await sync()
    file.text = row('old', 'One.') + row('new', 'Two.')
    file.etag = 2
    await sources.syncNow(shop, id, { allowRetire: false }, signal)
    await sync()
    expect(file.opened).toBe(1)
    await source()
    await sync()
    await source()
    expect([file.opened, await documents()]).toEqual([2, ['new', 'old']])
  })

  test('is read anew after an import of it that failed, though it seems unchanged', async () => {
    const { file, sync, source, sources, shop, documents } = await open()
    file.text = row('a', 'One.')
    await sync()
    const [read] = await sources.list(shop, signal)
    const problem = { code: 'no_progress', message: 'Nothing of it could be stored.' }
    await bench.imports.stop(shop, read?.importId as never, 'failed', problem, signal)
    clock.move(60 * MINUTE)
    await sync()
    await source()
    expect([file.opened, await documents()]).toEqual([2, ['a']])
  })

  test('that lost much is followed once when that was allowed, and asks again the next time', async () => {
    const { file, sync, source, sources, shop, id, documents } = await open()
    file.text = row('a', 'One.') + row('b', 'Two.')
    await sync()
    await source()
    file.text = row('a', 'One.')
    file.etag = 2
    await sources.syncNow(shop, id, { allowRetire: true }, signal)
    await sync()
    await source()
    expect(await documents()).toEqual(['a'])
    file.text = row('c', 'Three.')
    file.etag = 3
    await sources.syncNow(shop, id, { allowRetire: false }, signal)
    await sync()
    await source()
    expect(await source()).toMatchObject({ lastImport: { status: 'failed', problem: { code: 'mass_retirement' } } })
  })

  test('tells when it was last in step, also while it is away or refused', async () => {
    const { file, sync, source } = await open()
    expect((await source()).inStepAt).toBeNull()
    file.text = row('a', 'One.') + row('b', 'Two.')
    await sync()
    await source()
    const { inStepAt, lastImport } = await source()
    expect(inStepAt?.toISOString()).toBe(lastImport?.finishedAt)
    clock.move(60 * MINUTE)
    await sync()
    const unchanged = (await source()).last?.at
    expect((await source()).inStepAt).toEqual(unchanged)
    file.fault = new Fault({ kind: 'retryable', code: 'ingest.source.unreachable', message: 'Away.' })
    clock.move(60 * MINUTE)
    await sync()
    expect((await source()).inStepAt).toEqual(unchanged)
    file.fault = null
    file.text = '\n'
    file.etag = 2
    clock.move(60 * MINUTE)
    await sync()
    await source()
    clock.move(60 * MINUTE)
    await sync()
    expect(await source()).toMatchObject({ inStepAt: unchanged, last: { outcome: 'unchanged' } })
  })

  test('that a process was too slow to read is left to the one that took it over, whose word holds', async () => {
    const { file, shop, source, sync, another, duringBody } = await open()
    file.text = row('a', 'One.')
    const other = another()
    let taken: string | null = null
    duringBody(async () => {
      duringBody(async () => {})
      clock.move(3 * MINUTE)
      await other.syncDue(shop, signal)
      taken = (await source()).importId
    })
    await sync()
    expect(file.opened).toBe(2)
    expect(await source()).toMatchObject({ importId: taken, failures: 0, last: { outcome: 'imported', problem: null } })
  })

  test('has a name of its own, and an address that may be fetched', async () => {
    const { sources, shop, given } = await open()
    expect(await sources.add(shop, given, signal)).toEqual({ outcome: 'source_taken' })
    await expect(sources.add(shop, { ...given, name: 'x', url: 'http://x' }, signal)).rejects.toMatchObject({
      code: 'ingest.source.forbidden',
    })
  })

  test('that was removed is looked at no more, and leaves its documents', async () => {
    const { file, sync, source, sources, shop, id, documents } = await open()
    file.text = row('a', 'One.')
    await sync()
    await source()
    expect(await sources.remove(shop, id, signal)).toBe(true)
    expect(await sources.remove(shop, id, signal)).toBe(false)
    clock.move(60 * MINUTE)
    expect(await sync()).toBe(0)
    expect(await sources.syncNow(shop, id, { allowRetire: false }, signal)).toBeNull()
    expect(await documents()).toEqual(['a'])
  })
})
