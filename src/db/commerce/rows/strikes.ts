import { sql } from 'kysely'
import type { ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import type { SandboxFault, SandboxFaultKind, Strike } from '../sandbox-controls.port.ts'

export type StruckCall = { system: SandboxFault['system']; operation: string; roll: number }
type Waiting = { call: StruckCall; settle: PromiseWithResolvers<Strike | null> }
type FaultRow = {
  id: string
  system: string
  operation: string
  fault: SandboxFaultKind
  share: number
  times_left: number | null
  latency_ms: number
}

/**
 * Which fault strikes a call. Calls that come together are looked up together: an investigation asks every system at once, and
 * a world without faults should cost it one question.
 */
export function strikes(database: Database) {
  const waiting = new Map<ShopId, Waiting[]>()
  async function flush(shop: ShopId): Promise<void> {
    const calls = waiting.get(shop) ?? []
    waiting.delete(shop)
    // No caller's signal: one that gives up must not take the others along.
    const { signal } = new AbortController()
    try {
      const struck = await inShop(database, shop, signal, (transaction) => strikeAll(transaction, shop, calls))
      for (const [at, { settle }] of calls.entries()) settle.resolve(struck[at] ?? null)
    } catch (error) {
      for (const { settle } of calls) settle.reject(error)
    }
  }
  return async (shop: ShopId, call: StruckCall, signal: AbortSignal): Promise<Strike | null> => {
    signal.throwIfAborted()
    const settle = Promise.withResolvers<Strike | null>()
    const others = waiting.get(shop)
    if (others) others.push({ call, settle })
    else {
      waiting.set(shop, [{ call, settle }])
      queueMicrotask(() => void flush(shop))
    }
    return settle.promise
  }
}

async function strikeAll(transaction: DatabaseTransaction, shop: ShopId, calls: Waiting[]): Promise<(Strike | null)[]> {
  const { rows } = await sql<FaultRow>`
    select id, system, operation, fault, share, times_left, latency_ms from sandbox.faults
    where shop = ${shop} and coalesce(times_left, 1) > 0 order by id`.execute(transaction)
  const struck: (Strike | null)[] = []
  for (const { call } of calls) struck.push(rows.length === 0 ? null : await first(transaction, shop, rows, call))
  return struck
}

async function first(
  transaction: DatabaseTransaction,
  shop: ShopId,
  rows: FaultRow[],
  { system, operation, roll }: StruckCall,
): Promise<Strike | null> {
  for (const row of rows) {
    const isMeant = [system, '*'].includes(row.system) && [operation, '*'].includes(row.operation)
    if (!isMeant || row.share <= roll) continue
    if (row.times_left !== null) {
      const counted = await sql`update sandbox.faults set times_left = times_left - 1
        where shop = ${shop} and id = ${row.id} and times_left > 0 returning id`.execute(transaction)
      // Another call took the last one.
      if (counted.rows.length === 0) continue
    }
    return { fault: row.fault, latencyMs: row.latency_ms }
  }
  return null
}
