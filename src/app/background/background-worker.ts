// The thread that works on imports and looks at content, with database connections of its own; its parent is background-thread.ts.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '#db/database.ts'
import { postgresBoilerplate } from '#db/findings/boilerplate.postgres.ts'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import { postgresDocuments } from '#db/knowledge/documents.postgres.ts'
import { postgresImports } from '#db/knowledge/imports.postgres.ts'
import { asFault } from '#domain/fault.ts'
import { contentFindings } from '#ingest/findings/content-findings.ts'
import { importRunner } from '#ingest/runner/import-runner.ts'
import { systemClock } from '#telemetry/clock.ts'
import { jsonLog } from '#telemetry/log.ts'
import { givingWay } from './asked-lately.ts'
import type { BackgroundSetup, BackgroundTask, FromBackground, ToBackground } from './background-messages.ts'

const CONNECTIONS = 3
/** Gives way to the thread that answers questions; much more would let any other busy program of the machine hold up an import. */
const NICENESS = 3

// On Linux alone this is about the calling thread; elsewhere it would slow down the whole process.
if (process.platform === 'linux') setPriority(0, NICENESS)
const { connection, logLevel, questions } = workerData as BackgroundSetup
const clock = systemClock()
const database = openDatabase(connection, CONNECTIONS, jsonLog(logLevel))
const imports = importRunner({
  store: postgresImports(database, clock),
  documents: postgresDocuments(database, clock),
  boilerplate: postgresBoilerplate(database),
  clock,
})
const findings = contentFindings(postgresFindings(database), clock, givingWay(questions, clock))
const running = new Map<number, AbortController>()

parentPort?.on('message', async (message: ToBackground) => {
  switch (message.kind) {
    case 'run':
      return answer(message.call, message.task)
    case 'abort':
      return running.get(message.call)?.abort(new Error('the task was given up'))
    case 'close':
      for (const controller of running.values()) controller.abort(new Error('the background thread was closed'))
      await database.destroy()
      parentPort?.close()
  }
})

async function answer(call: number, task: BackgroundTask): Promise<void> {
  const controller = new AbortController()
  running.set(call, controller)
  try {
    tell({ kind: 'ended', call, result: await run(task, controller.signal) })
  } catch (error) {
    const { kind, code, message, retryAfter, cause } = asFault(error)
    const fault = { kind, code, message, ...(retryAfter === undefined ? {} : { retryAfter }) }
    tell({ kind: 'failed', call, fault, stack: String((cause as Error | undefined)?.stack ?? error) })
  } finally {
    running.delete(call)
  }
}

function run(task: BackgroundTask, signal: AbortSignal): Promise<unknown> {
  switch (task.task) {
    case 'import':
      return imports.run(task.shop, task.id, signal)
    case 'findings':
      return findings.pass(task.shop, signal)
  }
}

function tell(message: FromBackground): void {
  parentPort?.postMessage(message)
}
