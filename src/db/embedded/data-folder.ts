import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import { explained } from './start-failure.ts'

/** Where things lie in a data folder; all absolute. */
export type DataFolder = {
  path: string
  cluster: string
  log: string
  /** Who holds the folder now; see instance.ts. */
  instance: string
}

/** Raised when a change makes older code misread what lies beside the cluster; the tables have migrations of their own. */
const FORMAT = 1
const FORMAT_FILE = 'purser.json'
/** Readable by others, because PostgreSQL may run as one of them (account.ts); the cluster in it is 0700. */
const MODE = 0o755

/** The layout of the data folder at `path`, which need not exist. Never throws. */
export function layoutOf(path: string): DataFolder {
  const folder = resolve(path)
  return {
    path: folder,
    cluster: join(folder, 'pg'),
    log: join(folder, 'postgres.log'),
    instance: join(folder, 'instance.json'),
  }
}

/**
 * Makes the data folder if it is missing and checks that this Purser can use it. Throws Fault operator:
 * `db.embedded.not_a_folder`, `.folder_unwritable`, `.disk_full`, `.newer_data`, `.other_postgres`, `.damaged`.
 */
export function openDataFolder(path: string, major: string): DataFolder {
  const layout = layoutOf(path)
  explained(layout.path, () => {
    makeFolders(layout.path)
    if (!statSync(layout.path).isDirectory())
      throw operatorFault('not_a_folder', `${layout.path} is a file. Set PURSER_DATA to a folder.`)
    accessSync(layout.path, constants.R_OK | constants.W_OK | constants.X_OK)
  })
  checkFormat(layout)
  checkCluster(layout, major)
  return layout
}

/** Marks the folder with our format, unless it is marked. Throws as openDataFolder does when it cannot be written. */
export function markFormat({ path }: DataFolder): void {
  const file = join(path, FORMAT_FILE)
  if (existsSync(file)) return
  explained(path, () => {
    const whole = `${file}.${process.pid}`
    writeFileSync(whole, `${JSON.stringify({ format: FORMAT })}\n`, { flush: true })
    renameSync(whole, file)
  })
}

/** One by one, because mkdir's own recursion never ends where the system takes no folders, as under /proc (Node 24). */
function makeFolders(path: string): void {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  try {
    mkdirSync(path, { mode: MODE })
  } catch (error) {
    // Of two first starts at once the other was quicker.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

function checkFormat({ path }: DataFolder): void {
  const file = join(path, FORMAT_FILE)
  if (!existsSync(file)) return
  const content = tryReadJson(explained(path, () => readFileSync(file, 'utf8'))) as { format?: unknown } | undefined
  const format = content?.format
  if (typeof format !== 'number') throw damaged(path, `${FORMAT_FILE} in it cannot be read`)
  if (format > FORMAT)
    throw operatorFault(
      'newer_data',
      `The data folder ${path} was written by a newer version of Purser. Start that version, or set PURSER_DATA to another folder.`,
    )
}

function checkCluster({ path, cluster }: DataFolder, major: string): void {
  explained(path, () => {
    if (!existsSync(cluster) || isEmptyFolder(cluster)) return
    if (!statSync(cluster).isDirectory() || !existsSync(join(cluster, 'PG_VERSION')))
      throw damaged(path, `${cluster} is not a PostgreSQL cluster`)
    const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
    if (found !== major)
      throw operatorFault(
        'other_postgres',
        `The data folder ${path} was made by PostgreSQL ${found}, and this Purser brings PostgreSQL ${major}. ` +
          'Start the Purser that made it, or set PURSER_DATA to another folder.',
      )
  })
}

function isEmptyFolder(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0
}

function damaged(path: string, what: string): Fault {
  return operatorFault(
    'damaged',
    `The data folder ${path} is damaged: ${what}. Put a backup in its place, or move it away to start empty.`,
  )
}

function operatorFault(problem: string, message: string): Fault {
  return new Fault({ kind: 'operator', code: `db.embedded.${problem}`, message })
}
