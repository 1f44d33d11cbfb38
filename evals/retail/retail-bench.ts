import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { postgresDeskWorld } from '#db/commerce/desk/desk-world.postgres.ts'
import type { World } from '#db/commerce/world-store.port.ts'
import { postgresWorldStore } from '#db/commerce/world-store.postgres.ts'
import { openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import { readJson } from '#domain/foreign-json.ts'
import { shopId } from '#domain/ids.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { jsonLog } from '#telemetry/log.ts'
import { retailDesk } from '#tools/retail/retail-desk.ts'
import { type RetailFiles, retailFiles, retailWorld } from '#tools/retail/retail-world.ts'
import { UnusableInput } from '../suite.ts'
import type { Call, Changes } from './retail-case.ts'
import { retailChanges } from './retail-changes.ts'

/** What became of a call: null for one that only reads. */
export type Called = { rule: string | null } | null
export type RetailBench = {
  /** One call of the case that is under way. */
  call(call: Call, signal: AbortSignal): Promise<Called>
  /** What changed in the whole world since the last mark, or since the case began. */
  changes(signal: AbortSignal): Promise<Changes>
  /** From here on `changes` counts anew. */
  mark(signal: AbortSignal): Promise<void>
  /** The world as it was before the case, compared as a whole. Throws when it is not. */
  reset(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

const READS = /^(find_|get_|list_|calculate$|transfer_to_human_agents$)/

/** The retail shop of `folder` in a database of its own. Throws UnusableInput where a file is missing. */
export async function retailBench(folder: string, signal: AbortSignal): Promise<RetailBench> {
  const files = await readFiles(resolve(folder))
  const clock = systemClock()
  const ids = randomIds(clock)
  const log = jsonLog('silent')
  const data = await mkdtemp(join(tmpdir(), 'purser-retail-'))
  const lost = Promise.withResolvers<Error>()
  const postgres = await startEmbeddedPostgres({ dataFolder: data, clock, ids, log, onLost: lost.resolve }, signal)
  await migrate(postgres.connection, signal)
  const database = openDatabase(postgres.connection, 4, log)
  const shop = shopId('retail')
  await database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const store = postgresWorldStore(database)
  await store.load(shop, retailWorld(files), signal)
  const fresh = { marks: await store.marks(shop, signal), world: await store.dump(shop, signal) }
  const desk = retailDesk(postgresDeskWorld(database, clock))
  let marked = fresh.marks
  /** What stands for the marks: rows that differ from the fresh world. */
  let base: Part = NOTHING
  let calls = 0
  return {
    async call({ name, arguments: args }, until) {
      if (READS.test(name)) return null
      calls += 1
      const outcome = await desk.call(shop, `call-${calls}`, name, args, until)
      return { rule: outcome.outcome === 'refused' ? outcome.rule : null }
    },
    async changes(until) {
      const moved = movedPaths(marked, await store.marks(shop, until))
      const stray = moved.filter((path) => !/^(orders|customers)\//.test(path))
      if (stray.length > 0) throw new Error(`a call changed ${stray.join(', ')}`)
      const ids = idsOf(moved)
      const before = partOf(base, fresh.world, ids)
      return retailChanges(asFiles(before), asFiles(await store.pick(shop, ids, until)))
    },
    async mark(until) {
      marked = await store.marks(shop, until)
      base = await store.pick(shop, idsOf(movedPaths(fresh.marks, marked)), until)
    },
    async reset(until) {
      const moved = idsOf(movedPaths(fresh.marks, await store.marks(shop, until)))
      await store.put(shop, partOf(NOTHING, fresh.world, moved), until)
      if (movedPaths(fresh.marks, await store.marks(shop, until)).length > 0)
        throw new Error('the world is not fresh again')
      marked = fresh.marks
      base = NOTHING
    },
    async close() {
      await database.destroy()
      await postgres.stop(new AbortController().signal)
      await rm(data, { recursive: true, force: true })
    },
  }
}

type Part = Pick<World, 'orders' | 'customers'>
type PartIds = { orders: string[]; customers: string[] }
const NOTHING: Part = { orders: [], customers: [] }

/** Things that are on one side only, or differ. */
function movedPaths(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path))
}

function idsOf(paths: string[]): PartIds {
  const of = (kind: string) => paths.filter((path) => path.startsWith(kind)).map((path) => path.slice(kind.length))
  return { orders: of('orders/'), customers: of('customers/') }
}

/** Orders and customers of these ids as `newer` has them, else as `older`. */
function partOf(newer: Part, older: Part, { orders, customers }: PartIds): Part {
  return {
    orders: orders.flatMap((id) => {
      const isMeant = ({ order }: Part['orders'][number]) => order.id === id
      return newer.orders.find(isMeant) ?? older.orders.find(isMeant) ?? []
    }),
    customers: customers.flatMap((id) => {
      const isMeant = (customer: Part['customers'][number]) => customer.id === id
      return newer.customers.find(isMeant) ?? older.customers.find(isMeant) ?? []
    }),
  }
}

const asFiles = (part: Part) => retailFiles({ now: null, stock: [], prices: [], products: [], ...part })

async function readFiles(folder: string): Promise<RetailFiles> {
  const rows = async (file: string) => {
    const text = await readFile(join(folder, file), 'utf8').catch(() => {
      throw new UnusableInput(`cannot read ${join(folder, file)}; --world names the folder of the shop's files`)
    })
    return text.split('\n').filter(Boolean).map(readJson)
  }
  const [orders, customers, products] = await Promise.all(
    ['orders.jsonl', 'customers.jsonl', 'products.jsonl'].map(rows),
  )
  return { orders, customers, products } as RetailFiles
}
