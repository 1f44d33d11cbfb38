import { tryReadJson } from '#domain/foreign-json.ts'
import { print } from './terminal.ts'

const ROWS_SHOWN = 20
const ANSWERS_SHOWN = 10

export type ImportState = {
  id: string
  status: 'running' | 'done' | 'failed' | 'cancelled'
  read: number
  total: number | null
  unchanged: number
  created: number
  updated: number
  retired: number
  rejected: number
  rowsPerSecond: number | null
  remainingSeconds: number | null
  answersAffected: number | null
  problem: { code: string; message: string } | null
  waitsFor: string | null
}
export type RowError = { line: number; id: string | null; code: string; message: string; hint?: string }
export type AffectedAnswer = { messageId: string; title: string; quote: string; change: string; passageStays: boolean }

/** A line for the progress bar: rows, pace, time left, rejected. */
export function progressNote({
  read,
  total,
  rowsPerSecond,
  remainingSeconds,
  rejected,
  waitsFor,
}: ImportState): string {
  return [
    `${read}${total === null ? '' : ` of ${total}`} rows`,
    rowsPerSecond === null ? '' : `${Math.round(rowsPerSecond)}/s`,
    remainingSeconds === null ? '' : `${duration(remainingSeconds)} left`,
    rejected ? `${rejected} rejected` : '',
    waitsFor ? `waits for ${waitsFor} of the same source` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** What came of an import, for a person. `nameOf` says what a line of the upload was made of, where it was no file of rows. */
export function printReport(
  state: ImportState,
  errors: RowError[],
  answers: AffectedAnswer[],
  { dryRun, nameOf, keptIn }: { dryRun: boolean; nameOf: (line: number) => string | null; keptIn: string | undefined },
): void {
  const { status, read, created, updated, unchanged, retired, rejected } = state
  print(
    `${dryRun ? 'Dry run, nothing was written: ' : ''}${status}: ${read} read, ${created} created, ${updated} updated, ${unchanged} unchanged, ${retired} retired, ${rejected} rejected`,
  )
  for (const { line, id, code, message, hint } of errors.slice(0, ROWS_SHOWN)) {
    const place = line === 0 ? '' : `${nameOf(line) ?? `line ${line}`}${id ? ` (${id})` : ''}: `
    print(`  ${place}${message} [${code}]`)
    if (hint) print(`    ${hint}`)
  }
  if (errors.length > ROWS_SHOWN)
    print(`  … and ${errors.length - ROWS_SHOWN} more: GET /v1/imports/${state.id}/errors`)
  const place = keptIn ?? `--rejected FILE, or GET /v1/imports/${state.id}/rejected`
  if (rejected) print(`The rejected rows as they were sent: ${place}`)
  if (!dryRun) return
  const affected = state.answersAffected ?? 0
  print(`Answers given to shoppers that cite what would change: ${affected}`)
  for (const { title, quote, change, passageStays } of answers.slice(0, ANSWERS_SHOWN))
    print(`  ${title} (${change}${passageStays ? ', but not the passage' : ''}): “${shortened(quote)}”`)
  if (answers.length > ANSWERS_SHOWN) print(`  … and more: GET /v1/imports/${state.id}/affected-answers`)
}

/** Lines of JSON, as the server sends its reports. */
export function readLines<Item>(text: string): Item[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => tryReadJson(line) as Item)
}

function duration(seconds: number): string {
  if (seconds < 100) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
