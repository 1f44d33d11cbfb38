import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ImportRequest } from '#db/knowledge/imports.port.ts'
import { shopId } from '#domain/ids.ts'
import { importBench } from '../fixtures/import-bench.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'

const { signal } = new AbortController()
/** How often the process is killed; `PURSER_IMPORT_KILLS=20` for the long run. */
const KILLS = Number(process.env.PURSER_IMPORT_KILLS ?? 5)
/** Steps (a batch has three) a process may get ahead before it is killed; the file has more than all of them need. */
const MOST_STEPS = 9
const SEED = randomInt(2 ** 31)
const REQUEST: ImportRequest = { source: 'file', mode: 'replace', dryRun: false, allowRetire: true }
const PROCESS = join(import.meta.dirname, '../fixtures/import-process.ts')
const HEADER = 'id,kind,title,text\n'
const row = (id: string, text: string) => `${id},faq,Question ${id}?,"${text}"\n`
const BEFORE = HEADER + row('old', 'Gone soon.') + row('d5', 'Text 5.') + row('d6', 'Another text.')
const FILE = [
  HEADER,
  ...Array.from({ length: KILLS * 20 }, (_, at) =>
    at % 17 === 3 ? row(`deep${at}`, '> '.repeat(90)) : row(`d${at}`, `Text ${at}.`),
  ),
  'bad,song,Q?,A.\n',
  row('d5', 'Newer.'),
  row('D6', 'Other capitals.'),
  'never,faq,"Q?\n',
  'x,faq,Q?\n',
].join('')

test(`an import killed ${KILLS} times at random points ends as an undisturbed one, report included`, async () => {
  const bench = await knowledgeBench()
  const open = async (shop: 'one' | 'two') => {
    const imports = await importBench(bench, undefined, shopId(shop))
    await imports.send(BEFORE, REQUEST, { format: 'csv' })
    const id = await imports.upload(gzipSync(FILE), REQUEST, { format: 'csv' })
    const all = async () => {
      const { upserted, epoch: _epoch } = await bench.feed.since(shopId(shop), -1, null, signal)
      const passages = upserted.map((chunk) => [chunk.id, chunk.documentVersion, chunk.text]).sort()
      return {
        report: await imports.report(id),
        rejected: await imports.rejected(id),
        live: await imports.live(),
        passages,
      }
    }
    return { ...imports, id, all }
  }
  try {
    const calm = await open('two')
    await calm.imports.run(calm.shop, calm.id, signal)
    const expected = await calm.all()
    expect(expected.report).toMatchObject({ status: 'done', retired: 1, duplicates: 1 })

    const disturbed = await open('one')
    for (const steps of fc.sample(fc.integer({ min: 0, max: MOST_STEPS }), { numRuns: KILLS, seed: SEED }))
      expect(await runFor(bench.connection, steps), `seed ${SEED}`).toBe('killed at work')
    expect(await runFor(bench.connection, Number.POSITIVE_INFINITY)).toBe('done')
    expect(await disturbed.all(), `seed ${SEED}`).toEqual(expected)
  } finally {
    await bench.close()
  }
}, 300_000)

/** Lets a process take so many steps, or finish the import, then kills it. */
async function runFor(connection: object, steps: number): Promise<'killed at work' | 'done' | 'gone'> {
  const child = spawn(process.execPath, [PROCESS, JSON.stringify(connection)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const dead = once(child, 'exit')
  let taken = 0
  let outcome: 'killed at work' | 'done' | 'gone' = 'gone'
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done') outcome = 'done'
    else if (taken++ >= steps) outcome = 'killed at work'
    if (outcome !== 'gone') break
  }
  child.kill('SIGKILL')
  await dead
  return outcome
}
