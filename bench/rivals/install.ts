import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const HERE = import.meta.dirname
const MARKER = join(HERE, 'node_modules/.purser-rivals')

/**
 * Installs what only this comparison needs (LanceDB, some 200 MB), from the lock beside this file, unless it is there: a shop that
 * starts Purser never downloads it. Gives why it cannot be had here, or null.
 */
export function installRivals(): string | null {
  const wanted = createHash('sha256')
    .update(readFileSync(join(HERE, 'package-lock.json')))
    .digest('hex')
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === wanted) return null
  process.stderr.write('Installing the rivals of this bench; this happens once.\n')
  const windows = process.platform === 'win32'
  const args = ['ci', '--prefix', HERE, '--loglevel=error', '--no-audit', '--no-fund']
  const { status, stderr } = spawnSync(windows ? 'npm.cmd' : 'npm', args, { encoding: 'utf8', shell: windows })
  if (status !== 0) return `npm ci ended with ${status}: ${stderr.trim().split('\n').slice(-2).join(' ')}`
  writeFileSync(MARKER, wanted)
  return null
}

/** A package of that folder. Throws what importing throws; the native part exists for Linux on x64 alone. */
export function importRival(path: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(join(HERE, 'node_modules', path)).href)
}
