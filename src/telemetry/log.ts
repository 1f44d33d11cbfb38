import { pino } from 'pino'
import type { Log } from './log.port.ts'
import { REDACTED_PATHS } from './redact.ts'

/** JSON lines on standard error, so that standard output stays for what commands print. `level` as in pino. */
export function jsonLog(level: string): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    },
    pino.destination({ fd: 2, sync: false }),
  )
}
