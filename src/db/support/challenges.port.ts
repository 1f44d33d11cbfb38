import type { ChallengeId, OrderId, SessionId, ShopId } from '#domain/ids.ts'

/** One try at proving that an order is the shopper's. `codeHash` stays null where order and e-mail do not belong together. */
export type Challenge = {
  id: ChallengeId
  shop: ShopId
  session: SessionId
  order: OrderId
  salt: string
  at: Date
  expiresAt: Date
}

/** What a code is compared with; `order` is as the shop writes it. */
export type ChallengeTry = { order: OrderId; salt: string; codeHash: string | null }

export type ChallengeStore = {
  create(challenge: Challenge, signal: AbortSignal): Promise<void>
  /** Arms a challenge with the hash of the code to be sent, and the order's id as the shop writes it. False when it was erased meanwhile. */
  arm(shop: ShopId, id: ChallengeId, armed: { order: OrderId; codeHash: string }, signal: AbortSignal): Promise<boolean>
  /** Counts one attempt first, then says what to compare; null when unknown, of another session, expired, solved or used up. */
  attempt(
    shop: ShopId,
    session: SessionId,
    id: ChallengeId,
    limits: { at: Date; attempts: number },
    signal: AbortSignal,
  ): Promise<ChallengeTry | null>
  /** Marks it solved and unlocks its order for the session, in one transaction. False when someone was faster. */
  solve(shop: ShopId, session: SessionId, id: ChallengeId, at: Date, signal: AbortSignal): Promise<boolean>
  /** Removes what expired before `at`; gives how many. */
  purge(shop: ShopId, at: Date, signal: AbortSignal): Promise<number>
}
