import type { OperatorSessionId, ShopId } from '#domain/ids.ts'
import type { Operator } from './operators.port.ts'

/** `expiresAt` moves on while the session is used, at most to `endsAt`. */
export type OperatorSession = {
  id: OperatorSessionId
  operator: Operator
  createdAt: Date
  expiresAt: Date
  endsAt: Date
}

/** Sessions of operators. Neither code nor token is stored: proofs are their lower-case hex SHA-256. */
export type OperatorSessions = {
  /** Uses up the code and opens the session, both or neither. Null when the code is unknown, used, replaced or expired at `createdAt`. */
  open(
    code: string,
    session: Omit<OperatorSession, 'operator'> & { proof: string },
    signal: AbortSignal,
  ): Promise<OperatorSession | null>
  /** The session whose token hashes to `proof`, if it is in force at `at`; it then lasts until `idleUntil` (to within 5 minutes), never past its end. */
  touch(proof: string, at: Date, idleUntil: Date, signal: AbortSignal): Promise<OperatorSession | null>
  /** Whether the session is in force at `at`, without prolonging it. */
  isInForce(shop: ShopId, id: OperatorSessionId, at: Date, signal: AbortSignal): Promise<boolean>
  /** In force for the next request. Whether there was such a session. */
  end(shop: ShopId, id: OperatorSessionId, signal: AbortSignal): Promise<boolean>
  /** Removes sessions and codes that expired before `at`; gives how many. */
  purge(shop: ShopId, at: Date, signal: AbortSignal): Promise<number>
}
