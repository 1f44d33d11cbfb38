import type { Action, ActionKind } from '#domain/exceptions/action.ts'

/** As far as it is read here: `GET /v1/cases/{id}`. */
export type CaseAnswer = {
  actions: { id: string; kind: ActionKind; args: Record<string, unknown>; status: string; undoOf: string | null }[]
}
/** As far as it is read here: `GET /v1/cases/{id}/timeline`. `authorised` names its actions. */
export type TimelineAnswer = { items: { at: string; what: string; details: Record<string, unknown> }[] }

/**
 * What was done about a case instead of what was refused at `after` (ISO): what was authorised from then on and succeeded, in order,
 * up to `before`, the next refusal of the case (null: there is none). What was done before is no part of it. Pure.
 */
export function doneInstead(
  { actions }: CaseAnswer,
  { items }: TimelineAnswer,
  { after, before }: { after: string; before: string | null },
): Action[] {
  const isBetween = ({ at }: { at: string }) =>
    Date.parse(at) > Date.parse(after) && (before === null || Date.parse(at) < Date.parse(before))
  const since = new Set(
    items.filter((entry) => entry.what === 'authorised' && isBetween(entry)).flatMap(({ details }) => details.actions),
  )
  return actions
    .filter(({ id, status, undoOf }) => status === 'succeeded' && undoOf === null && since.has(id))
    .map(({ kind, args }) => ({ kind, args }))
}
