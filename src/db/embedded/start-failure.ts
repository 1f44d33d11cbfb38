import { Fault } from '#domain/fault.ts'

type Explanation = { pattern: RegExp; code: string; message: string }

/**
 * What PostgreSQL, initdb and the file system say, and what a person can do about it. The texts are those of PostgreSQL 18
 * under LC_ALL=C and the codes of errno(3); the first that matches decides.
 */
const EXPLANATIONS: Explanation[] = [
  {
    pattern:
      /No space left on device|Check free disk space|wrote only \d+ of \d+ bytes|Disk quota exceeded|ENOSPC|EDQUOT/i,
    code: 'db.embedded.disk_full',
    message: 'The disk of the data folder FOLDER is full. Free space, then start again; nothing stored is lost.',
  },
  {
    pattern: /error while loading shared libraries|Exec format error|ENOEXEC/i,
    code: 'db.embedded.no_binaries',
    message:
      'The PostgreSQL that comes with Purser cannot run on this machine. Run npm ci with install scripts allowed.',
  },
  {
    pattern: /database files are incompatible with server|initialized by PostgreSQL version/i,
    code: 'db.embedded.other_postgres',
    message: 'The data folder FOLDER was made by another version of PostgreSQL. Start the Purser that made it.',
  },
  {
    pattern: /could not (map anonymous|create|resize) shared memory|Cannot allocate memory|out of memory/i,
    code: 'db.embedded.no_memory',
    message: 'There is not enough memory to start PostgreSQL (it takes about 100 MB). Free some, then start again.',
  },
  {
    pattern: /Read-only file system|EROFS|Permission denied|EACCES|EPERM|Operation not permitted|has wrong ownership/i,
    code: 'db.embedded.folder_unwritable',
    message:
      'Purser may not write to the data folder FOLDER. Start it as the user who owns that folder, or set PURSER_DATA to another one.',
  },
  {
    pattern: /ENOTDIR|EEXIST|Not a directory/i,
    code: 'db.embedded.not_a_folder',
    message:
      'The data folder FOLDER cannot be made, because a part of that path is a file. Set PURSER_DATA to another one.',
  },
  {
    pattern: /ENOENT/,
    code: 'db.embedded.no_folder',
    message: 'The data folder FOLDER is not there and cannot be made. Set PURSER_DATA to a folder on a disk.',
  },
  {
    pattern: /ENAMETOOLONG|File name too long/i,
    code: 'db.embedded.path_too_long',
    message: 'The path of the data folder FOLDER is too long. Set PURSER_DATA to a shorter one.',
  },
  {
    pattern:
      /valid checkpoint record|PANIC|invalid page|checksum|could not open (file|directory)|is missing or erroneous|bogus data|"(global|base|pg_)/i,
    code: 'db.embedded.damaged',
    message: 'The data in FOLDER is damaged and PostgreSQL cannot read it. Put a backup in its place.',
  },
]

/** A failed start as one sentence and what to do. `said` is what PostgreSQL, initdb or the file system said last. Never throws. */
export function startFailure(said: string, dataFolder: string, cause: unknown): Fault {
  const found = EXPLANATIONS.find(({ pattern }) => pattern.test(said))
  if (found)
    return new Fault({
      kind: 'operator',
      code: found.code,
      message: found.message.replace('FOLDER', dataFolder),
      cause: cause ?? new Error(said.trim()),
    })
  const complaint = /^.*(?:FATAL|PANIC|error):\s*(.*)$/m.exec(said)?.[1] ?? said.trim().split('\n').at(-1)
  return new Fault({
    kind: 'operator',
    code: 'db.embedded.start_failed',
    message: `PostgreSQL did not start in ${dataFolder}: ${complaint || 'it said nothing'}. Its log is postgres.log in that folder.`,
    cause: cause ?? new Error(said.trim()),
  })
}

/** Runs file system work on the data folder; what it throws comes out explained. */
export function explained<Result>(dataFolder: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof Fault || !(error instanceof Error) || !('code' in error)) throw error
    throw startFailure(error.message, dataFolder, error)
  }
}
