import type { KeyId, ShopId } from '#domain/ids.ts'

/** `admin` may do what every other scope may. */
export type KeyScope = 'ingest' | 'events' | 'read' | 'admin'
export type ApiKey = { id: KeyId; shop: ShopId; scope: KeyScope; name: string; createdAt: Date; revokedAt: Date | null }

/** Keys of machines. The secret itself is never stored: `proof` is its lower-case hex SHA-256. */
export type ApiKeys = {
  /** The key whose secret hashes to `proof`, unless it was revoked. */
  byProof(proof: string, signal: AbortSignal): Promise<ApiKey | null>
  create(
    shop: ShopId,
    key: { id: KeyId; scope: KeyScope; name: string; proof: string; createdAt: Date },
    signal: AbortSignal,
  ): Promise<void>
  /** Whether there was such a key still in force. */
  revoke(shop: ShopId, id: KeyId, at: Date, signal: AbortSignal): Promise<boolean>
  /** Oldest first, revoked ones too. */
  list(shop: ShopId, signal: AbortSignal): Promise<ApiKey[]>
}
