import type { RateName } from './contract/endpoint.ts'

/** At most `points` requests in `seconds`, counted per caller (a session, a key, or an address). */
export type Limit = { points: number; seconds: number }

export type ApiSettings = {
  /** Origins whose pages may always open sessions: our own addresses, as browsers write them. Asked per request, since the port is known late. */
  ownOrigins(): string[]
  /** Take the caller's address from X-Forwarded-For (its last entry); only behind a proxy that sets it. */
  trustProxy: boolean
  limits: Record<Exclude<RateName, 'none'>, Limit>
  /** How long a shopper's session lasts, in hours. */
  sessionHours: number
  /** Largest body of a JSON request, in bytes. */
  bodyBytes: number
  /** How long a whole JSON body may take to arrive, in milliseconds. */
  bodyMs: number
  /** How often a silent event stream says that it is alive, in milliseconds. */
  heartbeatMs: number
}

/** Generous for a person and for an ingestion job, tight for guessing. `factor` scales every limit; 0 switches them off. */
export function defaultSettings(ownOrigins: () => string[], factor = 1): ApiSettings {
  const limit = (points: number, seconds: number): Limit => ({
    points: factor === 0 ? 0 : Math.max(1, Math.round(points * factor)),
    seconds,
  })
  return {
    ownOrigins,
    trustProxy: false,
    limits: {
      sessions: limit(600, 60),
      shopper: limit(1_200, 60),
      messages: limit(600, 60),
      challenges: limit(10, 600),
      machine: limit(120_000, 60),
    },
    sessionHours: 24,
    bodyBytes: 1_048_576,
    bodyMs: 15_000,
    heartbeatMs: 15_000,
  }
}
