import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Entry } from '../../chat.port.ts'
import type { View } from '../view.ts'
import { byline } from './byline.ts'
import { icon } from './icons.ts'
import { plainText } from './plain-text.ts'

/** One line of the conversation. */
export function entryLine(entry: Entry, latest: boolean, view: View): TemplateResult {
  if (entry.kind === 'shopper') return shopperLine(entry, view)
  if (entry.kind === 'person') return personLine(entry, view)
  if (entry.kind === 'handoff')
    return html`<purser-handoff class="entry" data-kind="handoff" data-key=${entry.key} data-status=${entry.notice.status} .notice=${entry.notice} .view=${view}></purser-handoff>`
  return html`<purser-answer class="entry" data-kind="assistant" data-key=${entry.key} .entry=${entry} .latest=${latest} .view=${view}></purser-answer>`
}

function shopperLine(entry: Extract<Entry, { kind: 'shopper' }>, view: View): TemplateResult {
  const { say, state } = view
  return html`<article class="entry shopper" data-kind="shopper" data-key=${entry.key} data-state=${entry.state}>
    ${byline('shopper', state.customer?.name ?? say('you'), entry.at, view)}
    <div class="bubble" part="message message-shopper" dir="auto">${plainText(entry.text, view.link)}</div>
    ${entry.state === 'sent' ? nothing : html`<p class="sending">${sendingState(entry, view)}</p>`}
  </article>`
}

function sendingState(entry: Extract<Entry, { kind: 'shopper' }>, { say, chat }: View) {
  if (entry.state === 'queued') return html`${icon('clock')} ${say('queued')}`
  if (entry.state === 'sending') return say('sending')
  return html`${icon('alert')} ${say('not_sent')}
    <button type="button" class="link" @click=${() => chat.retry(entry.key)}>${say('retry')}</button>`
}

function personLine(entry: Extract<Entry, { kind: 'person' }>, view: View): TemplateResult {
  return html`<article class="entry person" data-kind="person" data-key=${entry.key}>
    ${byline('person', entry.name ?? view.say('person'), entry.at, view)}
    <div class="bubble" part="message message-person" dir="auto">${plainText(entry.text, view.link)}</div>
  </article>`
}
