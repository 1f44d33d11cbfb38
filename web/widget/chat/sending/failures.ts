import { type Failure as CallFailure, mayPass, pause } from '../../../api-client/reply.ts'
import type { BrowserClock } from '../../../browser-clock.ts'
import type { Failure } from '../../chat.port.ts'

const FIRST_PAUSE_MS = 2_000
const MOST_PAUSE_MS = 30_000
/** After so many failures in a row only the shopper's wish tries again. */
const ATTEMPTS = 6
/** Where a refusal for too many requests does not say how long, in seconds. */
const LIMITED_SECONDS = 10

/** Refusals a shopper can do nothing about: the shop does not let this page open sessions, or does not know the key. */
const NOT_ALLOWED = /^api\.(origin|public_key)\./

/** What is shown of a failed call, and when it is tried again by itself: `attempt` counts failures in a row from 1. */
export function shownFailure(
  failure: CallFailure,
  attempt: number,
  { clock, chance }: { clock: BrowserClock; chance(): number },
): Failure {
  const now = clock.now().getTime()
  if (failure.outcome === 'problem') {
    const { status, code, retryAfter } = failure
    if (NOT_ALLOWED.test(code)) return { what: 'not_allowed', code }
    if (status === 429) return { what: 'rate_limited', until: new Date(now + (retryAfter ?? LIMITED_SECONDS) * 1000) }
  }
  const asked = failure.outcome === 'problem' ? (failure.retryAfter ?? 0) * 1000 : 0
  const wait = Math.max(asked, pause(attempt, chance(), FIRST_PAUSE_MS, MOST_PAUSE_MS))
  return {
    what: kindOf(failure),
    retryAt: mayPass(failure) && attempt < ATTEMPTS ? new Date(now + wait) : null,
    traceId: failure.outcome === 'problem' ? failure.traceId : null,
  }
}

/** When a failure is over by itself; null if it is not. */
export function endOf(failure: Failure): Date | null {
  if (failure.what === 'rate_limited') return failure.until
  return 'retryAt' in failure ? failure.retryAt : null
}

export function isCode(reply: { outcome: string }, status: number, code?: RegExp): boolean {
  const failure = reply as CallFailure
  return failure.outcome === 'problem' && failure.status === status && (code?.test(failure.code) ?? true)
}

function kindOf(failure: CallFailure): 'unreachable' | 'server' | 'timeout' | 'malformed' {
  if (failure.outcome === 'timeout' || failure.outcome === 'malformed') return failure.outcome
  if (failure.outcome !== 'problem') return 'unreachable'
  return [502, 503, 504].includes(failure.status) ? 'unreachable' : 'server'
}
