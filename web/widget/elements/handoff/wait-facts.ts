import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { HandoffNotice } from '../../../api-client/shapes.ts'
import { timeTag } from '../conversation/time-tag.ts'
import { clockTime } from '../language/times.ts'
import type { View } from '../view.ts'

/** Who has the case, or how long it may take, said from what is known and never more. */
export function waitFacts(notice: HandoffNotice, view: View): TemplateResult {
  const { say, now } = view
  const { wait, expectedReplyBy, contact } = notice
  const late = expectedReplyBy !== null && new Date(expectedReplyBy) < now
  return html`<ul class="facts">
    ${wait?.open ? html`<li>${wait.ahead ? say('ahead', { count: wait.ahead }) : say('ahead_none')}</li>` : nothing}
    ${wait && !wait.open ? html`<li>${closedText(wait.opensAt, view)}</li>` : nothing}
    ${expectedReplyBy ? html`<li>${late ? say('reply_late') : replyBy(expectedReplyBy, view)}</li>` : nothing}
    ${contact ? html`<li>${say('reply_to', { contact })}</li>` : nothing}
  </ul>`
}

/** Closed, and when it opens again, in the shopper's own time zone. */
export function closedText(opensAt: string | null, { say, locale, now }: View): string {
  const again = opensAt ? say('opens_at', { when: clockTime(new Date(opensAt), now, locale) }) : ''
  return `${say('closed_now')}. ${again}`.trim()
}

function replyBy(by: string, view: View): TemplateResult {
  const date = new Date(by)
  return timeTag(date, view, view.say('reply_by', { when: clockTime(date, view.now, view.locale) }))
}
