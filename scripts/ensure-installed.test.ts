import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
// @ts-expect-error: a script for plain Node, without types
import { ensureInstalled } from './ensure-installed.mjs'

const LOCK = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } }

let folder: string
let said: string[]
let installs: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensure-installed-'))
  said = []
  installs = 0
  writeLock(LOCK)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('installs once, says so in one line, and is silent the next time', async () => {
  expect(await ensure()).toBe(0)
  expect(await ensure()).toBe(0)
  expect(installs).toBe(1)
  expect(said).toEqual(["Installing Purser's packages. This happens once and takes about half a minute."])
})

test('installs again after package-lock.json changed', async () => {
  await ensure()
  writeLock({ packages: { '': {}, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-b' } } })
  expect(await ensure()).toBe(0)
  expect(installs).toBe(2)
})

test('installs again when the pinned Node is gone', async () => {
  await ensure()
  rmSync(join(folder, 'node_modules/.bin/node'))
  await ensure()
  expect(installs).toBe(process.platform === 'linux' ? 2 : 1)
})

test('accepts what npm ci installed by hand, without the packages npm may leave out', async () => {
  fakeInstall(LOCK)
  writeLock({ packages: { ...LOCK.packages, 'node_modules/windows-only': { version: '2.0.0', optional: true } } })
  expect(await ensure()).toBe(0)
  expect(installs).toBe(0)
})

test('does not accept an installation with another version of a package', async () => {
  fakeInstall({ packages: { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-z' } } })
  await ensure()
  expect(installs).toBe(1)
})

test('says in plain words that npm failed, and tries again the next time', async () => {
  const failing = async () => ({ code: 7, output: 'npm error network\n' })
  expect(await ensure({ install: failing })).toBe(1)
  expect(said.join('\n')).toMatch(
    /could not be installed: npm ci ended with exit code 7[\s\S]*network[\s\S]*run the same command again/,
  )
  expect(await ensure()).toBe(0)
  expect(installs).toBe(1)
})

test('refuses a Node that is too old', async () => {
  expect(await ensure({ nodeVersion: '18.20.4' })).toBe(1)
  expect(said.join()).toMatch(/needs Node \d+ or newer; this is Node 18\.20\.4/)
  expect(installs).toBe(0)
})

test('of two at once the second waits for the first and installs nothing', async () => {
  expect(await Promise.all([ensure(), ensure()])).toEqual([0, 0])
  expect(installs).toBe(1)
})

test('takes over the lock of a process that is dead', async () => {
  await ensure()
  rmSync(join(folder, 'node_modules'), { recursive: true })
  const lockName = lockNames[0] ?? 'unseen'
  // 2^22 is the highest pid Linux gives out (proc(5), pid_max), so no process has one above.
  writeFileSync(join(folder, 'locks', lockName), '4194999')
  expect(await ensure()).toBe(0)
  expect(installs).toBe(2)
  expect(readdirSync(join(folder, 'locks'))).toEqual([])
})

let lockNames: string[] = []

function ensure(changes: Record<string, unknown> = {}): Promise<number> {
  mkdirSync(join(folder, 'locks'), { recursive: true })
  const install = async () => {
    installs++
    lockNames = readdirSync(join(folder, 'locks'))
    fakeInstall(LOCK)
    return { code: 0, output: '' }
  }
  const say = (line: string) => said.push(line)
  return ensureInstalled({
    root: folder,
    nodeVersion: '24.0.0',
    locks: join(folder, 'locks'),
    say,
    install,
    ...changes,
  })
}

function writeLock(lock: unknown) {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
}

function fakeInstall(record: unknown) {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  if (!existsSync(join(folder, 'node_modules/.bin/node'))) writeFileSync(join(folder, 'node_modules/.bin/node'), '')
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify(record))
}
