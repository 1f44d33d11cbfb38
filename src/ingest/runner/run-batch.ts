import type { RepeatedWords } from '#db/findings/boilerplate.port.ts'
import type { PreparedDocument } from '#db/knowledge/documents.port.ts'
import type { ImportBatch, ImportRowError, ImportStore, NextRows } from '#db/knowledge/imports.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { Fault } from '#domain/fault.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { repeatedIn } from '../boilerplate/repeated-sentences.ts'
import { documentHash, prepareDocument } from '../prepare-document.ts'
import { withHint } from '../receive-rows.ts'

/** After this long (ms) of preparing, whoever waits in this process gets a turn. */
const TURN_MS = 8

/** Prepares the rows, without what is `repeated`, and commits them in one transaction, or ends the import when none is left. Throws what the store throws. */
export async function runBatch(
  store: Pick<ImportStore, 'commit' | 'finish'>,
  clock: Clock,
  shop: ShopId,
  { state, cursor, rows }: NextRows,
  repeated: RepeatedWords[],
  signal: AbortSignal,
): Promise<'committed' | 'moved' | 'outdated' | 'done'> {
  const last = rows.at(-1)
  if (!last) return store.finish(shop, state.id, signal)
  const prepared: PreparedDocument[] = []
  const unchanged: ImportBatch['unchanged'] = []
  const errors: ImportRowError[] = []
  const leftOut = repeatedIn(repeated, state.source)
  let turn = clock.elapsed()
  for (const { line, body, documentId, storedHash } of rows) {
    const document = readJson(body) as ShopDocument
    if (storedHash !== null && storedHash === documentHash(document)) {
      unchanged.push({ id: documentId, contentHash: storedHash })
      continue
    }
    try {
      prepared.push(prepareDocument(document, leftOut(document.kind)))
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'user') throw error
      const code = error.code.split('.').at(-1) ?? error.code
      errors.push(withHint({ line, id: document.id, code, message: error.message, field: 'text' }))
    }
    if (clock.elapsed() - turn > TURN_MS) {
      await clock.sleep(0, signal)
      turn = clock.elapsed()
    }
  }
  return store.commit(shop, state.id, { from: cursor, to: last.line, prepared, unchanged, errors }, signal)
}
