import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { clusterBench, kill, never, postmasterOf, processesOf, query } from '../../../test/fixtures/cluster-bench.ts'
import { findRunningInstance } from './embedded-postgres.ts'
import { beginningOf } from './process-table.ts'

const bench = clusterBench()
const WITHIN = { timeout: 15_000, interval: 20 }
const LONG_NAME = 'long'.repeat(30)

describe('an ordinary life', () => {
  test('starts on a folder that does not exist, keeps what is stored, and leaves no process behind', async () => {
    const folder = bench.emptyFolder("a shop's data, 2nd “try”/deep")
    const first = await bench.start(folder)
    expect(first.adopted).toBe(false)
    await query(first.connection, `create table kept as select 'café' as word`)
    await first.stop(never)
    expect(processesOf(folder)).toEqual([])
    const second = await bench.start(folder)
    expect(await query(second.connection, `select word, upper('äé') as upper from kept`)).toEqual([
      { word: 'café', upper: 'ÄÉ' },
    ])
  })

  test('lets nobody else into the cluster and listens on no port', async () => {
    const folder = bench.seededFolder()
    const { connection } = await bench.start(folder)
    expect(statSync(join(folder, 'pg')).mode & 0o777).toBe(0o700)
    expect(await query(connection, `select current_setting('listen_addresses') as addresses`)).toEqual([
      { addresses: '' },
    ])
  })

  test('commits are synced to the disk', async () => {
    const { connection } = await bench.start(bench.seededFolder())
    const settings = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`
    expect(await query(connection, settings)).toEqual([{ fsync: 'on', commit: 'on' }])
  })

  test('a statement that fails leaves no data in the log', async () => {
    const folder = bench.seededFolder()
    const { connection } = await bench.start(folder)
    await query(connection, 'create table people (email text primary key)')
    await query(connection, `insert into people values ('ada@example.org')`)
    await expect(query(connection, `insert into people values ('ada@example.org')`)).rejects.toThrow()
    const log = readFileSync(join(folder, 'postgres.log'), 'utf8')
    expect(log).toContain('duplicate key')
    expect(log).not.toContain('ada@')
  })

  test('stops when the folder has been deleted under it, and stopping twice does no harm', async () => {
    const folder = bench.seededFolder()
    const postgres = await bench.start(folder)
    const pid = postmasterOf(folder)
    rmSync(folder, { recursive: true })
    await postgres.stop(never)
    await postgres.stop(never)
    await vi.waitFor(() => expect(existsSync(`/proc/${pid}/cwd`)).toBe(false), WITHIN)
  })

  test('stops at once when told not to wait, and nothing committed is lost', async () => {
    const folder = bench.seededFolder()
    const first = await bench.start(folder)
    await query(first.connection, 'create table kept as select 1 as id')
    await first.stop(AbortSignal.abort())
    expect(processesOf(folder)).toEqual([])
    const second = await bench.start(folder)
    expect(await query(second.connection, 'select id from kept')).toEqual([{ id: 1 }])
  })

  test('an aborted first start throws the reason and leaves neither a process nor half a cluster', async () => {
    const folder = bench.emptyFolder('data')
    const reason = new Error('changed my mind')
    const abort = new AbortController()
    const starting = bench.start(folder, { signal: abort.signal })
    await vi.waitFor(() => expect(readdirSync(folder).join()).toContain('pg-new-'), { ...WITHIN, interval: 1 })
    abort.abort(reason)
    await expect(starting).rejects.toBe(reason)
    expect(processesOf(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('removes what a killed initdb left, and keeps what a living process makes', async () => {
    const folder = bench.emptyFolder('data')
    const living = `pg-new-${process.ppid}-${beginningOf(process.ppid)}`
    for (const name of ['pg-new-4194999-77', `pg-new-${process.ppid}-1`, living])
      mkdirSync(join(folder, name), { recursive: true })
    await bench.start(folder)
    expect(readdirSync(folder).filter((name) => name.startsWith('pg-new-'))).toEqual([living])
  })
})

describe('after a kill', () => {
  test('takes over the server of an owner killed with -9, with all its rows', async () => {
    const folder = bench.seededFolder()
    const { child, says } = await bench.own(folder)
    const { connection } = says
    if (!connection) throw new Error(says.message)
    await query(connection, 'create table kept as select generate_series(1, 100) as id')
    const server = postmasterOf(folder)
    await kill(child, 'SIGKILL')
    const next = await bench.start(folder)
    expect(next.adopted).toBe(true)
    expect(next.connection).toEqual(connection)
    expect(postmasterOf(folder)).toBe(server)
    expect(await query(next.connection, 'select count(*)::int as rows from kept')).toEqual([{ rows: 100 }])
  })

  test('a taken-over server is stopped like its own', async () => {
    const folder = bench.seededFolder()
    const { child } = await bench.own(folder)
    await kill(child, 'SIGKILL')
    const next = await bench.start(folder)
    await next.stop(never)
    expect(processesOf(folder)).toEqual([])
  })

  test('starts anew when owner and server were killed together', async () => {
    const folder = bench.seededFolder()
    const { child, says } = await bench.own(folder)
    if (!says.connection) throw new Error(says.message)
    await query(says.connection, 'create table kept as select 1 as id')
    process.kill(postmasterOf(folder), 'SIGKILL')
    await kill(child, 'SIGKILL')
    const next = await bench.start(folder)
    expect(next.adopted).toBe(false)
    expect(await query(next.connection, 'select id from kept')).toEqual([{ id: 1 }])
  })

  test('brings a killed server back at the same address', async () => {
    const folder = bench.seededFolder()
    const { connection } = await bench.start(folder)
    await query(connection, 'create table kept as select 1 as id')
    const killed = postmasterOf(folder)
    process.kill(killed, 'SIGKILL')
    await vi.waitFor(async () => expect(await query(connection, 'select id from kept')).toEqual([{ id: 1 }]), WITHIN)
    expect(postmasterOf(folder)).not.toBe(killed)
  })

  test('still holds the folder after a crash of one of its server processes', async () => {
    const folder = bench.seededFolder()
    const { connection } = await bench.start(folder)
    const [row] = await query(connection, `select pid from pg_stat_activity where application_name = 'purser instance'`)
    process.kill(Number(row?.pid), 'SIGKILL')
    const holds = `select count(*)::int as held from pg_locks where locktype = 'advisory'`
    await vi.waitFor(async () => expect(await query(connection, holds)).toEqual([{ held: 1 }]), WITHIN)
    expect((await bench.own(folder)).says.code).toBe('db.embedded.taken')
  })

  test('stops in the middle of bringing a killed server back', async () => {
    const folder = bench.seededFolder()
    const postgres = await bench.start(folder)
    process.kill(postmasterOf(folder), 'SIGKILL')
    await postgres.stop(never)
    await vi.waitFor(() => expect(processesOf(folder)).toEqual([]), WITHIN)
  })

  test('removes a postmaster.pid whose number another living program has got since', async () => {
    const folder = bench.seededFolder()
    const cluster = join(folder, 'pg')
    writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n${cluster}\n\n1 1\nready   \n`)
    writeFileSync(join(cluster, '.s.PGSQL.5432.lock'), `${process.pid}\n`)
    const { connection, adopted } = await bench.start(folder)
    expect(adopted).toBe(false)
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('an owner asked to stop ends its server in order', async () => {
    const folder = bench.seededFolder()
    const { child } = await bench.own(folder)
    await kill(child, 'SIGTERM')
    expect(child.exitCode).toBe(0)
    expect(processesOf(folder)).toEqual([])
    expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\s*$/)
  })
})

describe('two at once', () => {
  test('the second is told where the first is, and the first notices nothing', async () => {
    const folder = bench.seededFolder()
    const { child, says } = await bench.own(folder, { address: 'http://127.0.0.1:8787' })
    if (!says.connection) throw new Error(says.message)
    await vi.waitFor(() => expect(findRunningInstance(folder)?.address).toBe('http://127.0.0.1:8787'), WITHIN)
    await expect(bench.start(folder)).rejects.toMatchObject({
      kind: 'operator',
      code: 'db.embedded.taken',
      message: `Another Purser is already running at http://127.0.0.1:8787 (process ${child.pid}) on the data folder ${folder}. Use that one, stop it, or set PURSER_DATA to another folder.`,
    })
    expect(await query(says.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('of two first starts on an empty folder exactly one gets it', async () => {
    const folder = bench.emptyFolder('data')
    const both = await Promise.all([bench.own(folder), bench.own(folder)])
    const [winner, loser] = both[0].says.connection ? both : [both[1], both[0]]
    expect(loser.says.code).toBe('db.embedded.taken')
    expect(winner.says.connection && (await query(winner.says.connection, 'select 1 as one'))).toEqual([{ one: 1 }])
    expect(readdirSync(folder).filter((name) => name.startsWith('pg-new-'))).toEqual([])
  })

  test('a command finds the running one, and nothing after it has gone', async () => {
    const folder = bench.seededFolder()
    const postgres = await bench.start(folder)
    expect(findRunningInstance(folder)).toEqual({ pid: process.pid, connection: postgres.connection })
    await postgres.announce('http://127.0.0.1:9999', never)
    expect(findRunningInstance(folder)?.address).toBe('http://127.0.0.1:9999')
    await postgres.stop(never)
    expect(findRunningInstance(folder)).toBeUndefined()
  })
})

describe('a path too long for a socket', () => {
  test('is served on a loopback port, with a password', async () => {
    const folder = bench.seededFolder(LONG_NAME)
    const { connection } = await bench.start(folder)
    expect(connection.host).toBe('127.0.0.1')
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await expect(query({ ...connection, password: 'wrong' }, 'select 1')).rejects.toThrow(
      /password authentication failed/,
    )
    expect(statSync(join(folder, 'pg/purser-password')).mode & 0o777).toBe(0o600)
  })

  test('keeps its port when the server is killed', async () => {
    const folder = bench.seededFolder(LONG_NAME)
    const { connection } = await bench.start(folder)
    process.kill(postmasterOf(folder), 'SIGKILL')
    await vi.waitFor(async () => expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }]), WITHIN)
  })

  test('is told from a short one at each start, so a folder may be moved', async () => {
    const folder = bench.seededFolder(LONG_NAME)
    await (await bench.start(folder)).stop(never)
    const moved = join(dirname(folder), 'short')
    execFileSync('mv', [folder, moved])
    expect((await bench.start(moved)).connection.host).toBe(join(moved, 'pg'))
  })
})
