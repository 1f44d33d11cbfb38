import { html, type TemplateResult } from 'lit'
import { texts } from '../../texts/english.ts'

/** How to come by a sign-in link. */
export function signInHelp(): TemplateResult {
  const { how, commands } = texts.signIn
  return html`<span class="muted">${how}</span>${commands.map((command) => html`<code>${command}</code>`)}`
}
