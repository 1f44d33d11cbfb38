import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postmasterOf, startProduct, until } from '../torture/product-process.ts'

const MAIN = resolve(import.meta.dirname, '../../src/main.ts')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser start '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs a command that is expected to end by itself. */
function command(args: string[], environment: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      PURSER_DATA: join(folder, 'data'),
      ...environment,
    }
    execFile(process.execPath, [MAIN, ...args], { env, timeout: 30_000 }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: stdout + stderr }),
    )
  })
}

/** One plain sentence or two, and never a stack. */
function expectPlain(output: string, words: RegExp): void {
  expect(output).toMatch(words)
  expect(output).not.toMatch(/\n\s+at /)
}

test('stops in order on SIGTERM and leaves no process and no socket', { timeout: 60_000 }, async () => {
  const data = join(folder, 'data')
  const product = await startProduct(data)
  const postmaster = (await postmasterOf(data)) ?? 0
  expect(postmaster).toBeGreaterThan(0)
  await product.kill('SIGTERM')
  expect(await until(async () => !existsSync(`/proc/${postmaster}`), 5_000)).toBe(true)
  expect(existsSync(join(data, 'pg', 'postmaster.pid'))).toBe(false)
})

test('is ready again on its old data after SIGKILL, with the same keys', { timeout: 60_000 }, async () => {
  const data = join(folder, 'data')
  const first = await startProduct(data)
  const keys = await readFile(join(data, 'keys.json'), 'utf8')
  await first.kill('SIGKILL')
  const second = await startProduct(data)
  expect(await readFile(join(data, 'keys.json'), 'utf8')).toBe(keys)
  expect((await fetch(`${second.url}/readyz`)).status).toBe(200)
  await second.kill('SIGTERM')
})

test('a second instance on the same data is refused with the address of the first', { timeout: 60_000 }, async () => {
  const first = await startProduct(join(folder, 'data'))
  const second = await command(['start'], { PORT: new URL(first.url).port })
  expect(second.code).toBe(1)
  expectPlain(second.output, new RegExp(first.url.replaceAll('.', '\\.')))
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  await first.kill('SIGTERM')
})

test('a port in use is said in a sentence, with what to do', { timeout: 30_000 }, async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  const { code, output } = await command(['start'], { PORT: String(port) })
  server.close()
  expect(code).toBe(1)
  expectPlain(output, new RegExp(`Port ${port} is in use[\\s\\S]*PORT=${port + 1}`))
})

test('a data folder that cannot be made is said in a sentence', { timeout: 30_000 }, async () => {
  await writeFile(join(folder, 'file'), '')
  const { code, output } = await command(['start'], { PURSER_DATA: join(folder, 'file', 'data') })
  expect(code).toBe(1)
  expectPlain(output, /PURSER_DATA|folder/)
})

test('a misspelt setting stops the start and names the nearest', { timeout: 30_000 }, async () => {
  const { code, output } = await command(['start'], { PURSER_DATE: '/tmp/x' })
  expect(code).toBe(1)
  expectPlain(output, /Unknown setting PURSER_DATE\. Did you mean PURSER_DATA\?/)
})

test('an unknown command and unknown arguments are answered with what there is', { timeout: 30_000 }, async () => {
  expect(await command(['strat'], {})).toMatchObject({
    code: 2,
    output: expect.stringContaining('start, ask, import, sync, keys, operators, doctor'),
  })
  const { code, output } = await command(['ask', '--jsno', 'hi'], {})
  expect(code).toBe(1)
  expectPlain(output, /--jsno[\s\S]*Usage: npm run ask/)
})

test('starts with an empty shop when asked to, and keys are shown before and after', { timeout: 60_000 }, async () => {
  const before = await command(['keys', 'show', '--json'], {})
  expect(before.code).toBe(1)
  expectPlain(before.output, /no keys .* yet/)
  const product = await startProduct(join(folder, 'data'), { PURSER_DEMO: '0' })
  const after = await command(['keys', 'show', '--json'], {})
  const keys = JSON.parse(after.output) as Record<string, string>
  expect(Object.keys(keys).sort()).toEqual(['adminKey', 'eventsKey', 'identitySecret', 'ingestKey', 'publicKey'])
  const documents = await fetch(`${product.url}/v1/documents`, {
    headers: { authorization: `Bearer ${keys.ingestKey}` },
  })
  expect(((await documents.json()) as { items: unknown[] }).items).toEqual([])
  expect(product.log()).not.toContain(keys.adminKey)
  await product.kill('SIGTERM')
})
