import { html, type TemplateResult } from 'lit/html.js'
import type { View } from '../view.ts'
import { icon } from './icons.ts'
import { clock } from './time-tag.ts'

type Speaker = 'assistant' | 'person' | 'shopper'

/** Who speaks and when, with a picture that differs by kind of speaker. */
export function byline(speaker: Speaker, name: string, at: Date, view: View): TemplateResult {
  return html`<header class="byline">
    ${avatar(speaker, name)}
    <span class="name" part="sender">${name}</span>
    <span class="at">${clock(at, view)}</span>
  </header>`
}

/** The assistant's mark, a person's initials, or a plain figure for the shopper. */
export function avatar(speaker: Speaker, name: string): TemplateResult {
  const picture = speaker === 'person' ? initials(name) : icon(speaker === 'assistant' ? 'mark' : 'person')
  return html`<span class="avatar" data-who=${speaker} aria-hidden="true">${picture}</span>`
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => word?.[0] ?? '')
    .join('')
    .toLocaleUpperCase()
}
