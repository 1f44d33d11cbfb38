import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Failure } from '../../chat.port.ts'
import type { View } from '../view.ts'
import { icon } from './icons.ts'

/**
 * What is wrong at the moment: what failed, what is kept, what to do. The element with `role=alert` always stands there, since
 * a region that comes together with its text is often not read. Countdowns are for the eye alone; they are announced once.
 */
export function banner(view: View): TemplateResult {
  const { state } = view
  const shown: Failure | { what: 'reconnecting' } | null =
    state.failure ?? (state.connection === 'online' ? null : { what: state.connection })
  return html`<div id="purser-alert" class="banner" part="banner" role="alert" data-what=${shown?.what ?? nothing}>
    ${shown ? html`${icon(shown.what === 'rate_limited' ? 'clock' : 'alert')}<p>${words(shown, view)}</p>${action(shown.what, view)}` : nothing}
  </div>`
}

/** Whole seconds until `date`, at least one: “in 0 seconds” is no time to wait. */
export function secondsUntil(date: Date, now: Date): number {
  return Math.max(1, Math.ceil((date.getTime() - now.getTime()) / 1_000))
}

function words(failure: Failure | { what: 'reconnecting' }, { say, now }: View) {
  switch (failure.what) {
    case 'offline':
    case 'reconnecting':
    case 'not_allowed':
      return say(failure.what)
    case 'rate_limited':
      return html`<span class="unseen">${say('rate_heard')}</span><span aria-hidden="true">${say('rate_limited', { count: secondsUntil(failure.until, now) })}</span>`
    default:
      return html`${say(failure.what)}
      ${failure.retryAt ? html`<span aria-hidden="true">${say('retry_in', { count: secondsUntil(failure.retryAt, now) })}</span>` : nothing}
      ${failure.traceId ? html`<small>${say('reference', { id: failure.traceId })}</small>` : nothing}`
  }
}

function action(what: Failure['what'] | 'reconnecting', { say, chat }: View) {
  if (what === 'offline' || what === 'reconnecting' || what === 'rate_limited' || what === 'not_allowed') return nothing
  return html`<div class="ways">
    <button type="button" class="link" @click=${() => chat.retry()}>${say('retry')}</button>
    <button type="button" class="link" data-layer="person">${say('talk')}</button>
  </div>`
}
