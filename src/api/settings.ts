import { LIMITS, type Limit, type RateName } from './contract/endpoint.ts'

export type ApiSettings = {
  /** Origins whose pages may always open sessions: our own addresses, as browsers write them. Asked per request, since the port is known late. */
  ownOrigins(): string[]
  /** The address people reach us at, without a slash at its end. Sign-in links begin with it; with https, cookies are kept to https. */
  publicUrl(): string
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

/** The contract's limits times `factor`; 0 switches them off. */
export function defaultSettings(ownOrigins: () => string[], factor = 1): ApiSettings {
  const scaled = ({ points, seconds }: Limit): Limit => ({
    points: factor === 0 ? 0 : Math.max(1, Math.round(points * factor)),
    seconds,
  })
  return {
    ownOrigins,
    publicUrl: () => ownOrigins()[0] ?? '',
    trustProxy: false,
    limits: Object.fromEntries(
      Object.entries(LIMITS).map(([name, limit]) => [name, scaled(limit)]),
    ) as ApiSettings['limits'],
    sessionHours: 24,
    bodyBytes: 1_048_576,
    bodyMs: 15_000,
    heartbeatMs: 4_000,
  }
}
