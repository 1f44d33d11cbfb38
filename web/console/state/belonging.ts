import type { Handoff, Operator } from '../../api-client/desk-shapes.ts'
import type { Show } from './desk.port.ts'

export type Me = Operator | null

/** Who has it, as seen by `me`. */
export function holderOf(handoff: Handoff, me: Me): { who: 'nobody' } | { who: 'me' } | { who: 'other'; name: string } {
  if (handoff.claimedBy === null) return { who: 'nobody' }
  return me && handoff.claimedById === me.id ? { who: 'me' } : { who: 'other', name: handoff.claimedBy }
}

/** Whether a hand-over is shown in this part of the queue. */
export function belongs(handoff: Handoff, show: Show, me: Me): boolean {
  if (show === 'resolved' || handoff.status === 'resolved') return show === handoff.status
  if (show === 'open') return true
  if (show === 'waiting') return handoff.status === 'waiting'
  return handoff.status === 'claimed' && (holderOf(handoff, me).who === 'me') === (show === 'mine')
}

/** Nobody's first, then mine, then those of others; each without a reply first, the soonest due first. Resolved ones the latest first. */
export function byUrgency(show: Show, me: Me): (one: Handoff, other: Handoff) => number {
  if (show === 'resolved') return (one, other) => compare(other.resolvedAt ?? '', one.resolvedAt ?? '')
  return (one, other) =>
    rank(one, me) - rank(other, me) ||
    replied(one) - replied(other) ||
    compare(one.dueAt, other.dueAt) ||
    compare(one.id, other.id)
}

function rank(handoff: Handoff, me: Me): number {
  if (handoff.status === 'waiting') return 0
  return holderOf(handoff, me).who === 'me' ? 1 : 2
}

function replied(handoff: Handoff): number {
  return handoff.repliedAt === null ? 0 : 1
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
