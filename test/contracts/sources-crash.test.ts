import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { postgresSyncedSources } from '#db/sources/synced-sources.postgres.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { runUntil } from '../fixtures/killed-process.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'

const { signal } = new AbortController()
const clock = systemClock()
/** Longer than the lease of a process that was killed. */
const LATER_MS = 150_000
const row = (at: number) => `${JSON.stringify({ id: `d${at}`, kind: 'faq', title: `${at}?`, text: `Text ${at}.` })}\n`

test('a source whose process is killed at any step is imported once, and looked at at its pace again', async () => {
  const bench = await knowledgeBench()
  const folder = await mkdtemp(join(tmpdir(), 'source-crash-'))
  try {
    const { shop, connection, database, documents } = bench
    const url = pathToFileURL(join(folder, 'feed.jsonl')).href
    await writeFile(join(folder, 'feed.jsonl'), Array.from({ length: 30 }, (_, at) => row(at)).join(''))
    const sources = postgresSyncedSources(database)
    const id = randomIds(clock).make('src')
    const options = { format: null, mapping: null, currency: null, site: null }
    const source = { id, url, name: 'feed', mode: 'replace' as const, everyMinutes: 60, ...options }
    await sources.add(shop, source, clock.now(), signal)
    let ahead = 0
    const run = (line: string, count = 1) => {
      ahead += LATER_MS
      return runUntil('source-process.ts', [connection, shop, folder, ahead], line, count)
    }
    expect(await run('received')).toBe('received')
    expect((await sources.get(shop, id, signal))?.last).toBeNull()
    expect(await run('accepted')).toBe('accepted')
    expect(await run('looked')).toBe('looked')
    expect(await sources.get(shop, id, signal)).toMatchObject({ failures: 0, last: { outcome: 'imported' } })
    for (const count of [1, 3, 2]) expect(await run('committed', count)).toBe('committed')
    // The import of the process that was killed before it could note it ends first; the other one waits for it.
    for (let turn = 0; turn < 2; turn++) expect(await run('done')).toBe('done')

    const { items } = await documents.list(shop, { cursor: null, limit: 100 }, signal)
    expect(items.map(({ version }) => version)).toEqual(Array.from({ length: 30 }, () => 1))
    const { importId, lookAt } = (await sources.get(shop, id, signal)) ?? {}
    expect(importId && (await bench.imports.get(shop, importId, signal))).toMatchObject({ status: 'done', retired: 0 })
    expect(lookAt?.getTime()).toBeGreaterThan(clock.now().getTime() + 50 * 60_000)
    // What the first process received of the file is given up, not waited for.
    await bench.imports.tidy(shop, new Date(clock.now().getTime() + ahead), new Date(0), signal)
    expect(await bench.imports.running(shop, new Date(clock.now().getTime() + 2 * ahead), signal)).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
    await bench.close()
  }
}, 60_000)
