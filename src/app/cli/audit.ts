import { existsSync } from 'node:fs'
import { readConfig } from '#config.ts'
import { postgresShops } from '#db/access/shops.postgres.ts'
import type { AuditVerdict } from '#db/approvals/audit/audit.port.ts'
import { postgresAudit } from '#db/approvals/audit/audit.postgres.ts'
import { type Database, openDatabase } from '#db/database.ts'
import type { EmbeddedConnection } from '#db/embedded/embedded-postgres.port.ts'
import { findRunningInstance, startEmbeddedPostgres } from '#db/embedded/embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import { Fault } from '#domain/fault.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { jsonLog } from '#telemetry/log.ts'
import { readArguments } from './arguments.ts'
import { print } from './terminal.ts'

const USAGE = 'npm run audit:verify [-- --json]'

type ShopVerdict = AuditVerdict & { shop: string }
/** `firstBroken` is the first shop's first one; null when every chain is whole. */
type Report = {
  ok: boolean
  entries: number
  firstBroken: ({ shop: string } & NonNullable<AuditVerdict['firstBroken']>) | null
  shops: ShopVerdict[]
}

/**
 * `npm run audit:verify`: reads the audit of every shop from its first entry, from the database itself and not through the
 * server that wrote it, and names the first entry that is not what was written. Exit code 1 when there is one. Starts the
 * database for its length where none runs. Throws Fault operator `app.audit.no_data` on a folder without data.
 */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values } = readArguments(args, { json: { type: 'boolean' } }, USAGE)
  const report = await withDatabase(readConfig().PURSER_DATA, signal, (database) => verifyAll(database, signal))
  if (values.json) print(JSON.stringify(report))
  else for (const line of linesOf(report)) print(line)
  return report.ok ? 0 : 1
}

async function verifyAll(database: Database, signal: AbortSignal): Promise<Report> {
  const audit = postgresAudit(database)
  const shops: ShopVerdict[] = []
  for (const { id } of await postgresShops(database).list(signal))
    shops.push({ shop: id, ...(await audit.verify(id, signal)) })
  const broken = shops.find(({ firstBroken }) => firstBroken !== null)
  return {
    ok: !broken,
    entries: shops.reduce((sum, { entries }) => sum + entries, 0),
    firstBroken: broken?.firstBroken ? { shop: broken.shop, ...broken.firstBroken } : null,
    shops,
  }
}

async function withDatabase<Result>(
  dataFolder: string,
  signal: AbortSignal,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const running = findRunningInstance(dataFolder)
  if (running) return withConnection(running.connection, work)
  if (!existsSync(dataFolder))
    throw new Fault({
      kind: 'operator',
      code: 'app.audit.no_data',
      message: `There is nothing in ${dataFolder}. Point PURSER_DATA at the data folder.`,
    })
  const clock = systemClock()
  const started = await startEmbeddedPostgres(
    { dataFolder, clock, ids: randomIds(clock), log: jsonLog('error') },
    signal,
  )
  try {
    await migrate({ ...started.connection, ssl: false }, signal)
    return await withConnection(started.connection, work)
  } finally {
    await started.stop(new AbortController().signal)
  }
}

async function withConnection<Result>(
  connection: EmbeddedConnection,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase({ ...connection, ssl: false }, 1, jsonLog('error'))
  try {
    return await work(database)
  } finally {
    await database.destroy()
  }
}

function linesOf({ ok, shops }: Report): string[] {
  const lines = shops.map(({ shop, entries, head, firstBroken }) =>
    firstBroken
      ? `✗ ${shop}: entry ${firstBroken.seq} ${SAYS[firstBroken.why]}`
      : `✓ ${shop}: ${entries} entries, the last is ${head.seq} ${head.hash}`,
  )
  return [...lines, ok ? 'The audit is whole.' : 'The audit was changed.']
}

const SAYS = {
  changed: 'is not what was written',
  missing: 'is missing',
  moved: 'does not follow the one before it',
  head: 'is not the one that was written last',
}
