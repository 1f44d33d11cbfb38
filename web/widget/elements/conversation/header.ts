import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { View } from '../view.ts'
import { avatar } from './byline.ts'
import { icon } from './icons.ts'

/** Name of the shop, the menu, the way out. */
export function header(view: View, menuOpen: boolean): TemplateResult {
  const { say, shop, assistant, state } = view
  return html`<header class="top" part="header">
    ${avatar('assistant', assistant)}
    <h2 id="purser-title" part="title">${shop}</h2>
    ${state.phase === 'ready' ? html`<button type="button" class="bare" part="menu-button" data-layer="menu" aria-haspopup="menu" aria-expanded=${menuOpen} aria-label=${say('open_menu')} title=${say('open_menu')}>${icon('more')}</button>` : nothing}
    <button type="button" class="bare" part="close" data-close aria-label=${say('close_chat')} title=${say('close_chat')}>${icon('close')}</button>
  </header>`
}

/** Who answers at the moment, and the way to a person: the same place in every state. */
export function strip({ say, state }: View): TemplateResult {
  const { handoff } = state
  const claimed = handoff?.status === 'claimed'
  const who = claimed
    ? say('with_person', { name: handoff.person?.name ?? say('someone') })
    : handoff?.status === 'waiting'
      ? say('waiting')
      : say('automated')
  return html`<div class="strip" part="strip" data-who=${claimed ? 'person' : handoff?.status === 'waiting' ? 'waiting' : 'assistant'}>
    <span class="who"><span class="dot" aria-hidden="true"></span>${who}</span>
    <button type="button" class="talk" part="person-button" data-layer="person">${icon('headset')}${say('talk')}</button>
  </div>`
}
