import type { EmbeddedConnection } from '#db/embedded/embedded-postgres.port.ts'
import type { FaultKind } from '#domain/fault.ts'
import type { ImportId, ShopId } from '#domain/ids.ts'

/** What the main thread and the background thread say to each other; `questions` is counted up with each (asked-lately.ts). */
export type BackgroundSetup = { connection: EmbeddedConnection; logLevel: string; questions: SharedArrayBuffer }
export type BackgroundTask = { task: 'import'; shop: ShopId; id: ImportId } | { task: 'findings'; shop: ShopId }
export type ToBackground =
  | { kind: 'run'; call: number; task: BackgroundTask }
  | { kind: 'abort'; call: number }
  | { kind: 'close' }
/** A Fault's own fields; classes do not travel between threads. */
export type SentFault = { kind: FaultKind; code: string; message: string; retryAfter?: number }
export type FromBackground =
  | { kind: 'ended'; call: number; result: unknown }
  | { kind: 'failed'; call: number; fault: SentFault; stack: string }
