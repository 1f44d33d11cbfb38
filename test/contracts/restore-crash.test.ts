import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { runUntil } from '../fixtures/killed-process.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'

const { signal } = new AbortController()
const PROCESS = join(import.meta.dirname, '../fixtures/restore-process.ts')
const ID = documentId('policy/returns')
const policy = (days: number): ShopDocument => ({
  id: ID,
  kind: 'policy',
  title: 'Returns',
  text: `# Returns\n\nYou have ${days} days.\n\n## How\n\nPack it, and send it within ${days} days.`,
})

let bench: Awaited<ReturnType<typeof knowledgeBench>>
beforeAll(async () => {
  bench = await knowledgeBench()
  for (const days of [30, 14]) await bench.documents.putAll(bench.shop, 'site', [prepareDocument(policy(days))], signal)
})
afterAll(() => bench.close())

async function state() {
  const stored = await bench.documents.get(bench.shop, ID, signal)
  const { upserted, epoch } = await bench.feed.since(bench.shop, -1, null, signal)
  const rows = await bench.asOwner('select count(*)::integer as count from chunks')
  return { stored, passages: upserted.map(({ text, documentVersion }) => [text, documentVersion]).sort(), epoch, rows }
}

test.each(['documents', 'document_versions', 'chunks', 'knowledge_epochs'])(
  'a restore killed while it writes %s leaves everything as it was',
  async (table) => {
    const before = await state()
    const holder = new Client({ ...bench.connection, ssl: false })
    await holder.connect()
    await holder.query('begin')
    await holder.query(`lock table ${table} in share row exclusive mode`)
    const child = spawn(process.execPath, [PROCESS, JSON.stringify([bench.connection, bench.shop, ID, 1])])
    try {
      await vi.waitFor(
        async () => {
          const waiting = await bench.asOwner(
            `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
          )
          expect(waiting).toHaveLength(1)
        },
        { timeout: 20_000, interval: 50 },
      )
    } finally {
      const dead = once(child, 'exit')
      child.kill('SIGKILL')
      await dead
      await holder.query('rollback')
      await holder.end()
    }
    // The server takes back what a lost client had begun as soon as it notices.
    await vi.waitFor(
      async () => {
        const left = await bench.asOwner(
          `select 1 from pg_stat_activity where application_name = 'restore' and datname = current_database()`,
        )
        expect(left).toEqual([])
      },
      { timeout: 20_000, interval: 50 },
    )
    expect(await state()).toEqual(before)
    expect(before.stored).toMatchObject({ version: 2, document: { text: expect.stringContaining('14 days') } })
  },
  60_000,
)

test('a restore whose answer was lost is there whole, and asking again changes nothing more', async () => {
  const given = [bench.connection, bench.shop, ID, 1]
  expect(await runUntil('restore-process.ts', given, 'restored')).toBe('restored')
  const restored = await state()
  expect(restored.stored).toMatchObject({ version: 3, document: policy(30) })
  expect(restored.passages.map(([text]) => text).join(' ')).not.toContain('14 days')
  expect(await runUntil('restore-process.ts', given, 'restored')).toBe('restored')
  expect(await state()).toEqual(restored)
}, 60_000)
