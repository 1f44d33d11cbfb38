import type { Session } from '#db/access/sessions.port.ts'
import type { ChallengeId, OrderId } from '#domain/ids.ts'

/** Proves by a code sent to the e-mail on an order that the order is the shopper's. */
export type Identity = {
  /** The same work and the same answer whether or not such an order exists. */
  challenge(
    session: Session,
    claim: { orderNumber: string; email: string },
    signal: AbortSignal,
  ): Promise<{ id: ChallengeId; expiresAt: Date }>
  /** `refused` is one answer for every reason: wrong, expired, used up, unknown, somebody else's. */
  solve(
    session: Session,
    id: ChallengeId,
    code: string,
    signal: AbortSignal,
  ): Promise<{ outcome: 'unlocked'; order: OrderId } | { outcome: 'refused' }>
  /** Resolves when no code is on its way any more. */
  idle(signal: AbortSignal): Promise<void>
}
