import { expect, test } from 'vitest'
import { startFailure } from './start-failure.ts'

/** What PostgreSQL 18.4, initdb and Node said on Linux, as recorded. */
const RECORDED: [code: string, said: string][] = [
  ['disk_full', 'FATAL:  could not write lock file "postmaster.pid": No space left on device'],
  [
    'disk_full',
    'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10\nHINT:  Check free disk space.\nPANIC:  cannot abort transaction 1, it was already committed',
  ],
  ['disk_full', "ENOSPC: no space left on device, mkdir '/data'"],
  [
    'no_binaries',
    'initdb: error while loading shared libraries: libicuuc.so.60: cannot open shared object file: No such file or directory',
  ],
  ['folder_unwritable', "EROFS: read-only file system, mkdir '/data'"],
  ['folder_unwritable', 'FATAL:  data directory "/data/pg" has wrong ownership'],
  ['not_a_folder', "ENOTDIR: not a directory, mkdir '/etc/passwd/x'"],
  ['no_folder', "ENOENT: no such file or directory, mkdir '/proc/1/x'"],
  ['path_too_long', "ENAMETOOLONG: name too long, mkdir '/data'"],
  [
    'other_postgres',
    'FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 17',
  ],
  ['damaged', 'LOG:  invalid checkpoint record\nPANIC:  could not locate a valid checkpoint record at 0/19E9A58'],
  ['no_memory', 'FATAL:  could not map anonymous shared memory: Cannot allocate memory'],
]

test.each(RECORDED)('%s is told from: %s', (code, said) => {
  const fault = startFailure(said, '/shop/data', undefined)
  expect(fault).toMatchObject({ kind: 'operator', code: `db.embedded.${code}` })
  expect(fault.message).not.toContain('FOLDER')
})

test('anything else is passed on in the words of PostgreSQL, with the place of its log', () => {
  const fault = startFailure('2026-01-01 LOG:  hm\n2026-01-01 [7] FATAL:  the moon is full\n', '/shop/data', undefined)
  expect(fault.message).toBe(
    'PostgreSQL did not start in /shop/data: the moon is full. Its log is postgres.log in that folder.',
  )
})

test('silence is called silence', () => {
  expect(startFailure('', '/shop/data', undefined).message).toContain('it said nothing')
})
