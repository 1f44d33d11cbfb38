import { tryReadJson } from '#domain/foreign-json.ts'
import type { Problem } from './shapes.ts'

/**
 * Everything that can go wrong with a call. `network`: no answer, or it broke off. `timeout`: silence for too long.
 * `aborted`: by the caller's own signal. `malformed`: an answer that is not what the contract says. `problem`: the server
 * said no; `fault` says who has to act, `retryAfter` is in seconds.
 */
export type Failure =
  | { outcome: 'network' }
  | { outcome: 'timeout' }
  | { outcome: 'aborted' }
  | { outcome: 'malformed' }
  | {
      outcome: 'problem'
      status: number
      code: string
      fault: Problem['fault']
      detail: string
      traceId: string | null
      retryAfter: number | null
    }

export type Reply<Value> = { outcome: 'ok'; value: Value } | Failure

/** The refusal in a response of status 400 and above. One that is no problem+json, as a proxy sends it, gets the code `http.STATUS`. */
export function problemOf(response: Response, body: string, now: Date): Failure {
  const given = tryReadJson(body)
  const { code, fault, detail, traceId } = (isRecord(given) ? given : {}) as Partial<Problem>
  const { status } = response
  return {
    outcome: 'problem',
    status,
    code: typeof code === 'string' ? code : `http.${status}`,
    fault: fault ?? (status >= 500 || status === 408 ? 'retryable' : 'user'),
    detail: typeof detail === 'string' ? detail : '',
    traceId: traceId ?? response.headers.get('x-trace-id'),
    retryAfter: secondsOf(response.headers.get('retry-after'), now),
  }
}

/** Whether the same call may be better answered later. */
export function mayPass(failure: Failure): boolean {
  return failure.outcome === 'problem' ? failure.fault === 'retryable' : failure.outcome !== 'aborted'
}

/** How long to wait before attempt `attempt` + 1, in milliseconds: doubling from `first` to `most`, half of it by chance. */
export function pause(attempt: number, chance: number, first: number, most: number): number {
  return Math.min(most, first * 2 ** (attempt - 1)) * (0.5 + chance / 2)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Seconds or an HTTP date. Source: RFC 9110, 10.2.3. */
function secondsOf(header: string | null, now: Date): number | null {
  if (!header) return null
  const seconds = /^\d+$/.test(header) ? Number(header) : (new Date(header).getTime() - now.getTime()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null
}
