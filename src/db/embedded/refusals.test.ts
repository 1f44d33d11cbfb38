import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, type TestContext, test } from 'vitest'
import { clusterBench, kill, never, postmasterOf, processesOf, query } from '../../../test/fixtures/cluster-bench.ts'
import { asNobody, commandAs } from './account.ts'
import { locateBinaries, repairLinks } from './binaries.ts'

const bench = clusterBench()
const NOBODY = 65534

describe('folders Purser cannot use', () => {
  test('a file in place of the folder', async () => {
    const path = bench.emptyFolder('data')
    writeFileSync(path, '')
    await expect(bench.start(path)).rejects.toMatchObject(refusal('not_a_folder', `${path} is a file. Set PURSER_DATA`))
  })

  test('a file in the middle of the path', async () => {
    const file = bench.emptyFolder('data')
    writeFileSync(file, '')
    await expect(bench.start(join(file, 'deep/er'))).rejects.toMatchObject(refusal('not_a_folder', 'is a file'))
  })

  test('a place where the system takes no folders', async (context) => {
    context.skip(process.platform !== 'linux', 'only Linux has such a place for certain, /proc')
    await expect(bench.start('/proc/self/purser')).rejects.toMatchObject(refusal('no_folder', '/proc/self/purser'))
  })

  test('a folder that belongs to somebody else', async (context) => {
    needsRoot(context)
    needsOpenCheckout(context)
    const folder = bench.seededFolder()
    const { says } = await bench.own(folder, { uid: NOBODY })
    expect(says).toMatchObject({ code: 'db.embedded.folder_unwritable' })
    expect(says.message).toContain(`may not write to the data folder ${folder}`)
  })

  test('data of a newer Purser', async () => {
    const folder = bench.seededFolder()
    writeFileSync(join(folder, 'purser.json'), '{"format":2}')
    await expect(bench.start(folder)).rejects.toMatchObject(
      refusal('newer_data', 'written by a newer version of Purser'),
    )
    expect(processesOf(folder)).toEqual([])
  })

  test.each(['', '{"format"', '{"format":"one"}', '[]'])('a mark that cannot be read: %j', async (mark) => {
    const folder = bench.seededFolder()
    writeFileSync(join(folder, 'purser.json'), mark)
    await expect(bench.start(folder)).rejects.toMatchObject(refusal('damaged', 'purser.json in it cannot be read'))
  })

  test('a cluster of another PostgreSQL', async () => {
    const folder = bench.seededFolder()
    writeFileSync(join(folder, 'pg/PG_VERSION'), '17\n')
    const sentence = 'made by PostgreSQL 17, and this Purser brings PostgreSQL 18'
    await expect(bench.start(folder)).rejects.toMatchObject(refusal('other_postgres', sentence))
  })

  test('something else where the cluster should be', async () => {
    const folder = bench.emptyFolder('data')
    mkdirSync(join(folder, 'pg'), { recursive: true })
    writeFileSync(join(folder, 'pg/holiday.jpg'), '')
    await expect(bench.start(folder)).rejects.toMatchObject(refusal('damaged', 'is not a PostgreSQL cluster'))
    expect(readdirSync(join(folder, 'pg'))).toEqual(['holiday.jpg'])
  })

  test('a cluster without its control file', async () => {
    const folder = bench.seededFolder()
    rmSync(join(folder, 'pg/global/pg_control'))
    await expect(bench.start(folder)).rejects.toMatchObject(refusal('damaged', 'Put a backup in its place'))
  })

  test('a full disk, at the first start and later, and it starts once there is space', async (context) => {
    needsRoot(context)
    const folder = bench.emptyFolder('disk')
    mkdirSync(folder)
    const mounted = tryRun('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', folder])
    context.skip(!mounted, 'this machine lets nobody mount a small disk')
    try {
      await expect(bench.start(folder)).rejects.toMatchObject(refusal('disk_full', 'Free space, then start again'))
      execFileSync('mount', ['-o', 'remount,size=80m', folder])
      await (await bench.start(folder)).stop(never)
      tryRun('dd', ['if=/dev/zero', `of=${folder}/filler`, 'bs=1M', 'count=100'])
      await expect(bench.start(folder)).rejects.toMatchObject(refusal('disk_full', 'Free space, then start again'))
      rmSync(join(folder, 'filler'))
      const postgres = await bench.start(folder)
      expect(await query(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }])
      await postgres.stop(never)
    } finally {
      execFileSync('umount', [folder])
    }
  })
})

describe('accounts', () => {
  test('an ordinary user starts, crashes and takes over like root does', async (context) => {
    needsRoot(context)
    needsOpenCheckout(context)
    const folder = bench.seededFolder()
    execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder])
    const first = await bench.own(folder, { uid: NOBODY })
    expect(first.says).toMatchObject({ adopted: false })
    await kill(first.child, 'SIGKILL')
    const second = await bench.own(folder, { uid: NOBODY })
    expect(second.says).toMatchObject({ adopted: true })
    await kill(second.child, 'SIGTERM')
    expect(processesOf(folder)).toEqual([])
  })

  test('under root a cluster of another user is served as that user, and stays theirs', async (context) => {
    needsRoot(context)
    needsOpenCheckout(context)
    const folder = bench.seededFolder()
    execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, join(folder, 'pg')])
    const { connection } = await bench.start(folder)
    expect(statSync(`/proc/${postmasterOf(folder)}`).uid).toBe(NOBODY)
    await query(connection, 'create table theirs ()')
    const foreign = execFileSync('find', [join(folder, 'pg'), '!', '-user', String(NOBODY)], { encoding: 'utf8' })
    expect(foreign).toBe('')
  })

  test('where root may make no namespace, the cluster becomes the user nobody’s', async (context) => {
    needsRoot(context)
    needsOpenCheckout(context)
    const folder = bench.seededFolder()
    const account = asNobody(join(folder, 'pg'), locateBinaries())
    expect(commandAs(account, 'postgres', ['-V'])).toMatchObject({ command: 'postgres', options: { uid: NOBODY } })
    const { connection } = await bench.start(folder)
    expect(statSync(`/proc/${postmasterOf(folder)}`).uid).toBe(NOBODY)
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('that user cannot come past a closed folder, and the refusal names it', async (context) => {
    needsRoot(context)
    const folder = bench.seededFolder()
    const closed = dirname(folder)
    chmodSync(closed, 0o700)
    const attempt = () => asNobody(join(folder, 'pg'), locateBinaries())
    expect(attempt).toThrow(expect.objectContaining({ code: 'db.embedded.unreachable' }))
    expect(attempt).toThrow(`chmod o+x '${closed}'`)
  })

  test('the binaries are found with all their links', () => {
    const { folder } = locateBinaries()
    const broken = execFileSync('find', [folder, '-xtype', 'l'], { encoding: 'utf8' })
    expect(broken).toBe('')
    expect(statSync(join(folder, 'lib/libicuuc.so.60')).isFile()).toBe(true)
  })

  test('missing links of the package are made, existing ones left alone', () => {
    const native = join(bench.emptyFolder('package'), 'native')
    mkdirSync(join(native, 'lib'), { recursive: true })
    const [source, target] = ['native/lib/libx.so.1.2', 'native/lib/libx.so.1']
    writeFileSync(join(native, 'lib/libx.so.1.2'), 'library')
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify([{ source, target }]))
    repairLinks(native)
    repairLinks(native)
    expect(readFileSync(join(native, 'lib/libx.so.1'), 'utf8')).toBe('library')
    expect(readlinkSync(join(native, 'lib/libx.so.1'))).toBe('libx.so.1.2')
  })

  test('a folder reached by a link is the same folder', async () => {
    const folder = bench.seededFolder()
    const link = bench.emptyFolder('link')
    symlinkSync(folder, link)
    const { child } = await bench.own(folder)
    await expect(bench.start(link)).rejects.toMatchObject({ code: 'db.embedded.taken' })
    await kill(child, 'SIGKILL')
    expect((await bench.start(link)).adopted).toBe(true)
  })
})

function refusal(problem: string, words: string) {
  return { kind: 'operator', code: `db.embedded.${problem}`, message: expect.stringContaining(words) }
}

function needsRoot(context: TestContext): void {
  context.skip(process.getuid?.() !== 0, 'only root can become another user or mount')
}

function needsOpenCheckout(context: TestContext): void {
  let at = import.meta.dirname
  while (at !== dirname(at) && (statSync(at).mode & 0o001) !== 0) at = dirname(at)
  context.skip(at !== dirname(at), `the checkout lies in ${at}, which other users may not enter`)
}

function tryRun(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
