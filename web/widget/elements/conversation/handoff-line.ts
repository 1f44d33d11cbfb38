import { html, nothing, type TemplateResult } from 'lit'
import type { HandoffNotice } from '../../../api-client/shapes.ts'
import type { Entry } from '../../chat.port.ts'
import { absoluteTime, clockTime } from '../language/times.ts'
import type { View } from '../view.ts'
import { avatar } from './byline.ts'
import { icon } from './icons.ts'

/** A change of the hand-over: a card while it waits, a line of its own for what came after. */
export function handoffLine(entry: Extract<Entry, { kind: 'handoff' }>, view: View): TemplateResult {
  const { notice } = entry
  // A later state of the same hand-over is told by a later line; the card then only says that a person was asked.
  const stands = view.state.handoff?.id === notice.id && view.state.handoff.status === 'waiting'
  if (notice.status === 'waiting' && stands) return waitingCard(view.state.handoff ?? notice, entry.key, view)
  return html`<p class="entry event" data-kind="handoff" data-key=${entry.key} data-status=${notice.status}>${eventText(notice, view)}</p>`
}

/** Who has the case, or how long it may take, said from what is known and never more. */
export function waitFacts(notice: HandoffNotice, view: View): TemplateResult {
  const { say, now } = view
  const { wait, expectedReplyBy, contact } = notice
  const late = expectedReplyBy !== null && new Date(expectedReplyBy) < now
  return html`<ul class="facts">
    ${wait?.open ? html`<li>${wait.ahead ? say('ahead', { count: wait.ahead }) : say('ahead_none')}</li>` : nothing}
    ${wait && !wait.open ? html`<li>${closedText(wait.opensAt, view)}</li>` : nothing}
    ${expectedReplyBy ? html`<li>${late ? say('reply_late') : html`${replyBy(expectedReplyBy, view)}`}</li>` : nothing}
    ${contact ? html`<li>${say('reply_to', { contact })}</li>` : nothing}
  </ul>`
}

/** Closed, and when it opens again, in the shopper's own time zone. */
export function closedText(opensAt: string | null, { say, locale, now }: View): string {
  const again = opensAt ? say('opens_at', { when: clockTime(new Date(opensAt), now, locale) }) : ''
  return `${say('closed_now')}. ${again}`.trim()
}

function waitingCard(notice: HandoffNotice, key: string, view: View): TemplateResult {
  const { say } = view
  return html`<section class="entry card waiting" part="card handoff" data-kind="handoff" data-key=${key} data-status="waiting">
    <h3>${icon('headset')} ${say('waiting')}</h3>
    <p>${say('waiting_since')}</p>
    ${waitFacts(notice, view)}
    ${notice.contact ? nothing : html`<button type="button" class="quiet" data-layer="person">${say('leave_email')}</button>`}
  </section>`
}

function replyBy(by: string, { say, now, locale }: View): TemplateResult {
  const date = new Date(by)
  return html`<time datetime=${by} title=${absoluteTime(date, locale)}>${say('reply_by', { when: clockTime(date, now, locale) })}</time>`
}

function eventText(notice: HandoffNotice, { say }: View) {
  const name = notice.person?.name ?? say('someone')
  if (notice.status === 'claimed') return html`${avatar('person', name)} ${say('claimed', { name })}`
  if (notice.status === 'waiting') return html`${icon('headset')} ${say('waiting_since')}`
  return html`${icon('check')} ${say(notice.resolution === 'returned' ? 'returned' : 'resolved')}`
}
