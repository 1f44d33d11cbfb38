import { html, type TemplateResult } from 'lit'
import { texts } from '../../texts/english.ts'

/** How to come by a sign-in link. */
export function signInHelp(): TemplateResult {
  const { how, command, ids, listCommand } = texts.signIn
  return html`<span class="muted">
    ${how} <code>${command}</code>, ${ids} <code>${listCommand}</code>).
  </span>`
}
