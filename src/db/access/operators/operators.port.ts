import type { OperatorId, ShopId } from '#domain/ids.ts'
import type { Role } from '#domain/roles.ts'

/** A person of the shop. `name` is shown to shoppers they answer, and is unique in the shop (capitals aside). */
export type Operator = {
  id: OperatorId
  shop: ShopId
  name: string
  role: Role
  createdAt: Date
  lastSignInAt: Date | null
}
export type NewOperator = Pick<Operator, 'id' | 'name' | 'role' | 'createdAt'>

/** Who may work for a shop, and the one-time codes they sign in with. */
export type Operators = {
  add(
    shop: ShopId,
    operator: NewOperator,
    signal: AbortSignal,
  ): Promise<{ outcome: 'added'; operator: Operator } | { outcome: 'name_taken' }>
  /**
   * The shop's owner; a shop without any admin gets `owner` (as admin) for one. Null when the owner was removed, since then
   * another admin is there.
   */
  ensureOwner(shop: ShopId, owner: Omit<NewOperator, 'role'>, signal: AbortSignal): Promise<Operator | null>
  /** Oldest first. */
  list(shop: ShopId, signal: AbortSignal): Promise<Operator[]>
  /**
   * Erases the operator with codes and sessions, at once; conversations they have wait for anybody again, as `by` made it. The last admin stays, also when two admins remove each other at the same time.
   */
  remove(
    shop: ShopId,
    id: OperatorId,
    removal: { by: { id: string; name: string }; at: Date },
    signal: AbortSignal,
  ): Promise<{ outcome: 'removed' | 'unknown_operator' | 'last_admin' }>
  /** Lets whoever shows the code with this hash sign in as the operator, once, until `expiresAt`. Earlier codes of the operator end. False when there is no such operator. */
  issueCode(
    shop: ShopId,
    id: OperatorId,
    code: { proof: string; expiresAt: Date },
    signal: AbortSignal,
  ): Promise<boolean>
}
