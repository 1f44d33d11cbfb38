import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DEFAULT_SHOP } from '../src/app/demo-shop.ts'
import { type DemoVector, demoVectorsFile } from '../src/app/demo-vectors.ts'
import { startPurser } from '../src/app/embedded.ts'
import { demoShopFolder } from '../src/app/shipped-files.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/db/database.ts'
import { findRunningInstance } from '../src/db/embedded/embedded-postgres.ts'
import { postgresChunkFeed } from '../src/db/knowledge/chunk-feed.postgres.ts'
import { jsonLog } from '../src/telemetry/log.ts'

/** `npm run demo:vectors`: starts the demo shop, waits for its vectors and writes them beside it. */
const { signal } = new AbortController()
const folder = mkdtempSync(join(tmpdir(), 'purser-encode-'))
const purser = await startPurser(readConfig({ PORT: '0', PURSER_DATA: folder }), signal)
const running = findRunningInstance(folder)
if (!running) throw new Error('the instance just started is not there')
const database = openDatabase(running.connection, 2, jsonLog('warn'))
try {
  const model = await modelOf(purser.url)
  const vectors = await complete(model)
  writeFileSync(join(demoShopFolder(), 'vectors.jsonl'), demoVectorsFile(model, vectors))
  console.log(`${vectors.length} vectors of ${model}`)
} finally {
  await database.destroy()
  await purser.close(signal)
  rmSync(folder, { recursive: true, force: true })
}

async function modelOf(url: string): Promise<string> {
  const ready = (await (await fetch(`${url}/readyz`)).json()) as {
    dependencies: { embedder: { state: string; detail: string } }
  }
  if (ready.dependencies.embedder.state !== 'ready') throw new Error('no embedder here')
  return ready.dependencies.embedder.detail
}

async function complete(model: string): Promise<DemoVector[]> {
  for (;;) {
    const found = new Map<string, DemoVector>()
    let missing = 0
    const { batches } = await postgresChunkFeed(database).load(DEFAULT_SHOP, model, signal)
    for await (const batch of batches)
      for (const { contentHash, vector } of batch) {
        if (vector) found.set(contentHash, { contentHash, vector })
        else missing++
      }
    if (missing === 0) return [...found.values()]
    await wait(500)
  }
}
