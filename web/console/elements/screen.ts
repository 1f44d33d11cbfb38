import { html, nothing, type TemplateResult } from 'lit'
import type { Failure } from '../../api-client/desk-client.ts'
import { texts } from '../texts/english.ts'
import { type Icon, icon } from './icons.ts'

type Screen = { icon: Icon; title: string; text: unknown; action?: unknown; level?: 1 | 2 }

/** What stands where nothing can be listed or read: what is so, and what to do next. Styled by styles/screen.ts. */
export function screen({ icon: name, title, text, action, level = 2 }: Screen): TemplateResult {
  return html`<div class="screen">
    <span class="picture">${icon(name)}</span>
    ${level === 1 ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
    <p class="muted">${text}</p>
    ${action ? html`<p class="actions">${action}</p>` : nothing}
  </div>`
}

/** The screen of something that failed, with a way to try again. */
export function failedScreen(
  title: string,
  failure: Failure | null,
  again: () => void,
  level: 1 | 2 = 2,
): TemplateResult {
  return screen({
    icon: failure?.what === 'forbidden' ? 'lock' : 'broken',
    title,
    text: failure
      ? html`${texts.failure(failure)} ${failure.traceId ? html`<br /><small>${texts.trace(failure.traceId)}</small>` : nothing}`
      : '',
    action: html`<button class="button" @click=${again}>${texts.again}</button>`,
    level,
  })
}

/** Grey shapes where text is about to be, with the words for who cannot see them. */
export function loadingScreen(text: string, lines: number): TemplateResult {
  return html`<div class="loading" role="status">
    <span class="unseen">${text}</span>
    ${Array.from({ length: lines }, () => html`<span class="bone" aria-hidden="true"></span>`)}
  </div>`
}
