import type { Id, IdKind } from '#domain/ids.ts'

/** The one source of randomness. */
export type Ids = {
  /** A new id, sortable by time of making: `cnv_0190f3…`. */
  make<Kind extends IdKind>(kind: Kind): Id<Kind>
  /** `bytes` of cryptographic randomness as base64url, for tokens and keys. */
  secret(bytes: number): string
  /** A uniformly random integer below `limit`, from a cryptographic source. */
  below(limit: number): number
}
