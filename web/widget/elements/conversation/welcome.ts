import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { View } from '../view.ts'
import { avatar } from './byline.ts'
import { icon } from './icons.ts'

/** What stands there before the first message: who answers, what it can do, how to reach a person, the shop's privacy notice. */
export function welcome(view: View): TemplateResult {
  const { say, shop, state } = view
  return html`<section class="welcome" part="welcome">
    <h2>${say('welcome_title')}</h2>
    <ul class="points">
      <li>${icon('mark')}<span>${say('welcome_automated', { shop })}</span></li>
      <li>${icon('page')}<span>${say('welcome_can')}</span></li>
      <li>${icon('headset')}<span>${say('welcome_person')}</span></li>
    </ul>
    ${state.phase === 'consent' ? nothing : privacy(view)}
  </section>`
}

/** Questions others often ask; gone with the first message. */
export function starters({ state, say, chat }: View) {
  const questions = state.config?.starters ?? []
  if (!questions.length) return nothing
  return html`<section class="starters" aria-label=${say('starters')}>
    ${questions.map((question) => html`<button type="button" class="choice" part="starter" dir="auto" @click=${() => chat.send(question)}>${question}</button>`)}
  </section>`
}

/** Nothing is sent or stored before this was accepted. Source: W49. */
export function consent(view: View): TemplateResult {
  const { say, chat } = view
  return html`<section class="consent card" part="card consent" aria-labelledby="purser-consent">
    <h2 id="purser-consent">${say('consent_title')}</h2>
    ${privacy(view)}
    <p class="note">${say('consent_none_yet')}</p>
    <div class="actions">
      <button type="button" class="primary" part="consent-accept" @click=${() => chat.acceptPrivacy()}>${say('consent_accept')}</button>
      <button type="button" class="secondary" data-close>${say('consent_decline')}</button>
    </div>
  </section>`
}

/** Nothing can be said here; the banner says why. */
export function unavailable({ assistant }: View): TemplateResult {
  return html`<div class="nothing" aria-hidden="true">${avatar('assistant', assistant)}</div>`
}

function privacy({ state, say, link }: View) {
  const { config } = state
  if (!config) return nothing
  const href = link(config.privacy.url)
  const kept = config.retentionDays > 0 ? say('privacy_kept', { count: config.retentionDays }) : ''
  const more = href
    ? html`<a href=${href} target="_blank" rel="noopener noreferrer" title=${say('new_tab')}>${say('privacy_more')}</a>`
    : ''
  return html`<div class="privacy" part="privacy">
    <p dir="auto">${config.privacy.notice}</p>
    ${kept || more ? html`<p>${kept} ${more}</p>` : nothing}
  </div>`
}
