import { html, nothing, type TemplateResult } from 'lit'
import type { Handoff } from '../../../api-client/desk-shapes.ts'
import { addressOf } from '../../state/address.ts'
import { holderOf, type Me } from '../../state/belonging.ts'
import type { Place, Row } from '../../state/desk.port.ts'
import { spanOf } from '../../state/due.ts'
import { texts } from '../../texts/english.ts'
import { dueChip } from '../due-chip.ts'

type Context = { place: Place; now: Date; me: Me; choose(event: MouseEvent, id: string): void }

/** One hand-over in a glance: who, until when, what, why, since when, and who has it. */
export function queueRow({ handoff, unread, left }: Row, { place, now, me, choose }: Context): TemplateResult {
  const chosen = place.handoff === handoff.id
  return html`<li class=${left ? 'left' : ''}>
    <a
      href=${addressOf({ ...place, handoff: handoff.id })}
      data-id=${handoff.id}
      aria-current=${chosen ? 'true' : nothing}
      @click=${(event: MouseEvent) => choose(event, handoff.id)}
    >
      <span class="top">
        <strong class=${nameOf(handoff) ? 'name' : 'name muted'}>${nameOf(handoff) ?? texts.person.anonymous}</strong>
        ${left ? html`<span class="chip">${leftText(handoff)}</span>` : dueChip(handoff, now)}
      </span>
      <span class="words">${handoff.packet.question ?? texts.row.noQuestion}</span>
      <span class="bottom">
        ${unread ? html`<span class="chip accent"><i class="dot" aria-hidden="true"></i>${texts.row.unread}</span>` : nothing}
        ${holderChip(handoff, me)}
        <span class="why">${texts.reasons[handoff.reason] ?? handoff.reason} · ${sinceText(handoff, now)}</span>
      </span>
    </a>
  </li>`
}

/** The shopper's name or address, null if nobody has proved who they are. */
export function nameOf({ packet }: Handoff): string | null {
  return packet.identity?.name ?? packet.identity?.email ?? null
}

function holderChip(handoff: Handoff, me: Me) {
  const holder = holderOf(handoff, me)
  if (handoff.status !== 'claimed' || holder.who === 'nobody') return nothing
  return holder.who === 'me'
    ? html`<span class="chip ok">${texts.row.you}</span>`
    : html`<span class="chip">${holder.name}</span>`
}

function sinceText(handoff: Handoff, now: Date): string {
  const since = (at: string) => spanOf(now.getTime() - new Date(at).getTime())
  if (handoff.resolvedAt) return texts.row.resolvedAgo(since(handoff.resolvedAt))
  return handoff.status === 'waiting' ? texts.row.waited(since(handoff.createdAt)) : texts.ago(since(handoff.createdAt))
}

function leftText(handoff: Handoff): string {
  if (handoff.status === 'resolved') return texts.queue.left.resolved
  return handoff.claimedBy === null ? texts.queue.left.waiting : texts.queue.left.claimed(handoff.claimedBy)
}
