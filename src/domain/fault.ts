/** Who has to act for the request to succeed; see docs/faults.md. */
export type FaultKind = 'retryable' | 'user' | 'operator' | 'fatal'

export type FaultDetails = {
  kind: FaultKind
  /** `room.subject.problem`, stable; every code is listed in docs/faults.md. */
  code: string
  /** One sentence for the reader, without names, addresses or message bodies. */
  message: string
  /** HTTP status of a `user` fault (4xx); the other kinds have one fixed status. */
  status?: number
  /** Seconds after which trying again makes sense (sent as Retry-After). */
  retryAfter?: number
  /** What exactly was wrong with the input, by path. */
  errors?: { path: string; message: string }[]
  /** Extra members of the problem+json body, e.g. the stored state a caller conflicts with. */
  extra?: Record<string, unknown>
  cause?: unknown
}

/** The one error Purser throws on purpose. Everything else that is thrown is a bug and is treated as `fatal`. */
export class Fault extends Error {
  readonly kind: FaultKind
  readonly code: string
  readonly status: number
  readonly retryAfter: number | undefined
  readonly errors: { path: string; message: string }[] | undefined
  readonly extra: Record<string, unknown> | undefined

  constructor(details: FaultDetails) {
    super(details.message, { cause: details.cause })
    this.name = 'Fault'
    this.kind = details.kind
    this.code = details.code
    this.status = STATUS[details.kind] ?? details.status ?? 400
    this.retryAfter = details.retryAfter
    this.errors = details.errors
    this.extra = details.extra
  }
}

const STATUS: Record<FaultKind, number | undefined> = { retryable: 503, user: undefined, operator: 500, fatal: 500 }

/** Turns anything caught at a border into a Fault: Faults pass through, the rest is our bug. Never throws. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault({
    kind: 'fatal',
    code: 'app.unexpected',
    message: 'Something went wrong on our side.',
    cause: error,
  })
}
