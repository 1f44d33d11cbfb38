import type { Boilerplate, RepeatedWords } from '#db/findings/boilerplate.port.ts'
import type { DocumentStore } from '#db/knowledge/documents.port.ts'
import type { ImportStore, NextRows } from '#db/knowledge/imports.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { repeatedInImport } from '../boilerplate/learn-from-import.ts'
import type { ImportRunner } from './import-runner.port.ts'
import { runBatch } from './run-batch.ts'

/** Rows a transaction: few enough that a single document put in between waits a fraction of a second. */
const BATCH_ROWS = 250
/** Share of a source's documents that a replacing file may retire without being told to. Source: the HTTP contract, mass_retirement. */
const MOST_RETIRED = 0.3

export type ImportRunnerParts = {
  store: ImportStore
  documents: Pick<DocumentStore, 'untouched'>
  boilerplate: Boilerplate
  clock: Clock
  /** Rows a transaction. */
  batchRows?: number
}

/** Runs imports in the caller's thread. */
export function importRunner(parts: ImportRunnerParts): ImportRunner {
  const { store, boilerplate, clock, batchRows = BATCH_ROWS } = parts
  return {
    async run(shop, id, signal) {
      let repeated: RepeatedWords[] | null = null
      for (;;) {
        const next = await store.next(shop, id, batchRows, signal)
        // Whoever it waits for has it run again.
        if (next?.state.status !== 'running' || next.state.receiving || next.state.waitsFor) return 'moved'
        repeated ??= await repeatedInImport(boilerplate, shop, next.state, next.cursor === 0, signal)
        const step =
          next.cursor === 0 && (await retiresTooMuch(parts, shop, next, signal))
            ? 'moved'
            : await runBatch(store, clock, shop, next, repeated, signal)
        if (step === 'moved' || step === 'done') return step
      }
    },
  }
}

async function retiresTooMuch(
  { store, documents }: ImportRunnerParts,
  shop: ShopId,
  { state }: NextRows,
  signal: AbortSignal,
): Promise<boolean> {
  // For a file that cannot be read as a whole nothing is retired at all.
  if (state.mode !== 'replace' || state.allowRetire || state.incomplete) return false
  const { missing, live } = await documents.untouched(shop, state.source, state.id, signal)
  if (missing.length <= live * MOST_RETIRED) return false
  const message = `${missing.length} of the ${live} documents of this source are not in the file. Send it with allowRetire=true if they are to go.`
  await store.stop(shop, state.id, 'failed', { code: 'mass_retirement', message }, signal)
  return true
}
