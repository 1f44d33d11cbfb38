/** What may be done about an exception. The first three change the case alone, and need no tool. */
export const ACTION_KINDS = [
  'wait',
  'escalate',
  'close_exception',
  'notify_customer',
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
  'update_shipping_address',
  'hold_order',
  'release_hold',
  'retry_payment',
  'cancel_order',
  'cancel_line',
  'backorder_line',
  'reallocate_stock',
  'reship',
  'refund',
  'credit',
  'reissue_refund',
  'chase_refund',
  'correct_price',
  'open_carrier_trace',
  'file_carrier_claim',
  'open_return',
] as const
export type ActionKind = (typeof ACTION_KINDS)[number]

/** Kinds that are settled inside Purser: nothing outside changes. */
export const CASE_ONLY_KINDS: ReadonlySet<ActionKind> = new Set(['wait', 'escalate', 'close_exception'])

/** An action as a playbook, a model or an operator names it. `args` is plain JSON; amounts are minor units of the order's currency. */
export type Action = { kind: ActionKind; args: Record<string, unknown> }

/** What becomes of a proposal. `wait`: look again later. `escalate`: a person takes the case, nothing is proposed that moves money, stock or holds. */
export type Verdict = 'auto' | 'approval' | 'escalate' | 'wait'

export function isActionKind(text: string): text is ActionKind {
  return (ACTION_KINDS as readonly string[]).includes(text)
}
