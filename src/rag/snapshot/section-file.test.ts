import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSectionFile, type Section, writeSectionFile } from './section-file.ts'

const { signal } = new AbortController()
const PROCESS = join(import.meta.dirname, '../../../test/fixtures/section-file-process.ts')
const KILLS = 6
const never = () => {}

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-sections-'))
  path = join(folder, 'file')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const bytes = fc.uint8Array({ maxLength: 300 })
const section: fc.Arbitrary<Section> = fc.record({ name: fc.string(), parts: fc.array(bytes, { maxLength: 4 }) })

test('gives back the sections it was given, whatever their parts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(section, { selector: ({ name }) => name, maxLength: 5 }), async (sections) => {
      await writeSectionFile(path, { of: 'a shop' }, sections, never, signal)
      const file = await openSectionFile(path, signal)
      expect(file.about).toEqual({ of: 'a shop' })
      for (const { name, parts } of sections)
        expect(Buffer.compare(await file.read(name, signal), Buffer.concat([...parts]))).toBe(0)
      await file.close()
    }),
    { numRuns: 30 },
  )
})

test('refuses a file of which any byte is another, or any part of the end is missing', async () => {
  const sections = [{ name: 'one', parts: [Buffer.from('some bytes')] }]
  await writeSectionFile(path, {}, sections, never, signal)
  const whole = await readFile(path)
  const readAll = async () => {
    const file = await openSectionFile(path, signal)
    try {
      return await file.read('one', signal)
    } finally {
      await file.close()
    }
  }
  for (let place = 0; place < whole.length; place += 1) {
    const flipped = Buffer.from(whole)
    flipped[place] = (flipped[place] ?? 0) ^ 4
    await writeFile(path, flipped)
    await expect(readAll(), `byte ${place}`).rejects.toThrow()
    await writeFile(path, whole.subarray(0, place))
    await expect(readAll(), `${place} bytes`).rejects.toThrow()
  }
})

test('a write that is stopped leaves the older file and nothing beside it', async () => {
  await writeSectionFile(path, { version: 1 }, [], never, signal)
  let pieces = 0
  const stop = () => {
    if (++pieces > 2) throw new Error('overtaken')
  }
  const parts = [Buffer.alloc(10), Buffer.alloc(10), Buffer.alloc(10)]
  await expect(writeSectionFile(path, { version: 2 }, [{ name: 'one', parts }], stop, signal)).rejects.toThrow(
    'overtaken',
  )
  expect(await readdir(folder)).toEqual(['file'])
  const file = await openSectionFile(path, signal)
  expect(file.about).toEqual({ version: 1 })
  await file.close()
})

test(`a process killed ${KILLS} times at random points while it writes leaves a whole file or none`, async () => {
  const seed = randomInt(2 ** 31)
  for (const pieces of fc.sample(fc.integer({ min: 1, max: 60 }), { numRuns: KILLS, seed })) {
    await killedAfter(pieces)
    const file = await openSectionFile(path, signal).catch((error) => {
      expect(error.code, `seed ${seed}`).toBe('ENOENT')
      return null
    })
    if (!file) continue
    const { version } = file.about as { version: number }
    for (const name of ['one', 'two'])
      expect(Buffer.compare(await file.read(name, signal), Buffer.alloc(1_200_000, version)), `seed ${seed}`).toBe(0)
    await file.close()
  }
}, 60_000)

async function killedAfter(pieces: number): Promise<void> {
  const child = spawn(process.execPath, [PROCESS, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const dead = once(child, 'exit')
  let said = 0
  for await (const _ of createInterface({ input: child.stdout })) if (++said >= pieces) break
  child.kill('SIGKILL')
  await dead
  expect(said).toBe(pieces)
}
