import type { ActionKind } from '#domain/exceptions/action.ts'
import type { Id, OrderId, ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import type { Order } from '#domain/order.ts'

/** An action the journal authorised. Its id is the idempotency key everywhere. */
export type AuthorisedAction = {
  id: Id<'act'>
  shop: ShopId
  order: OrderId
  kind: ActionKind
  args: Record<string, unknown>
  /** Versions the proposal relied on, by system. A system that moved since refuses with `state_moved`. Left out after an own action moved it. */
  reliedOn?: Partial<Record<ToolSystem, number>>
}

/** The systems a tool may change, and whose state version its effect relies on. */
export type ToolSystem = 'orders' | 'inventory' | 'payments' | 'carriers' | 'messages'

/** `why` is a code of `EffectRefusal`, or `never_arrived`. `at` is the target system's time, ISO 8601. */
export type ActionOutcome =
  | { outcome: 'succeeded'; receipt: string; at: string }
  | { outcome: 'failed'; why: string }
  | { outcome: 'unknown' }

/** One kind of action: what it takes, what is at stake, how it runs, how its success is seen, how it is taken back. */
export type ActionTool = {
  kind: ActionKind
  system: ToolSystem
  /** JSON Schema of the arguments. */
  argsSchema: Record<string, unknown>
  /** Checked, defaults filled; throws Fault `tools.args.invalid` (user). */
  readArgs(args: unknown): Record<string, unknown>
  /** One sentence for the approver, e.g. "Refund €74.00 to the way the order was paid." */
  effect(args: Record<string, unknown>, order: Order): string
  reversible: boolean
  /** Money leaving the shop (refund, credit, reship value) in the order's currency, null when none. */
  atStake(args: Record<string, unknown>, order: Order): Money | null
  /** Sends once, with the action's id as key. `unknown` when no answer came; throws a retryable Fault while nothing has been sent. */
  run(action: AuthorisedAction, signal: AbortSignal): Promise<ActionOutcome>
  /** What became of an action whose answer was lost, by its key; never sends. `failed` with `never_arrived`: may be run again under the same id. */
  settle(action: AuthorisedAction, signal: AbortSignal): Promise<ActionOutcome>
  /** Whether the target system shows the effect. */
  verify(action: AuthorisedAction, signal: AbortSignal): Promise<boolean>
  /** Takes the effect back, with a key of its own; null where the world does not allow it. Repeating it with the same `undoId` asks by key. */
  undo: ((action: AuthorisedAction, undoId: Id<'act'>, signal: AbortSignal) => Promise<ActionOutcome>) | null
}

export type ActionTools = Readonly<Record<Exclude<ActionKind, 'wait' | 'escalate' | 'close_exception'>, ActionTool>>
