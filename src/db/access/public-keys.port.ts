import type { ShopId } from '#domain/ids.ts'

/** `identitySecret` signs the shop's identity tokens (HS256); `origins` are the pages that may open sessions, as browsers write them. */
export type PublicKey = { shop: ShopId; origins: string[]; identitySecret: string }

/** The keys shops put into their pages. `proof` is the lower-case hex SHA-256 of the key. */
export type PublicKeys = {
  byProof(proof: string, signal: AbortSignal): Promise<PublicKey | null>
  /** Creates the key or replaces its origins and secret. */
  put(
    shop: ShopId,
    proof: string,
    key: { origins: string[]; identitySecret: string },
    signal: AbortSignal,
  ): Promise<void>
  /** Whether any shop lets pages of `origin` in: all a browser's preflight can be answered by. */
  anyAllows(origin: string, signal: AbortSignal): Promise<boolean>
  /** Whether `shop` lets pages of `origin` in. */
  allows(shop: ShopId, origin: string, signal: AbortSignal): Promise<boolean>
}
