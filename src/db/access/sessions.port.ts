import type { CustomerId, OrderId, SessionId, ShopId } from '#domain/ids.ts'

/** A shopper's session. `customer` is set by a token the shop signed and by nothing else. */
export type Session = {
  id: SessionId
  shop: ShopId
  customer: { id: CustomerId; name: string | null; email: string | null } | null
  locale: string | null
  region: string | null
  channel: string | null
  unlockedOrders: OrderId[]
  /** Which version of the shop's privacy notice the shopper agreed to, and when; null where none was asked for. */
  consent: { version: string; at: Date } | null
  createdAt: Date
  expiresAt: Date
}

/** Sessions of shoppers. The token is never stored: `proof` is its lower-case hex SHA-256. */
export type Sessions = {
  create(session: Session, proof: string, signal: AbortSignal): Promise<void>
  /** The session whose token hashes to `proof`, while it has not expired at `at`. */
  byProof(proof: string, at: Date, signal: AbortSignal): Promise<Session | null>
  /**
   * Ends sessions that expired before `at`; gives how many. What was agreed to stays as long as a conversation that was held on
   * the strength of it, without the name and the e-mail.
   */
  purge(shop: ShopId, at: Date, signal: AbortSignal): Promise<number>
}
