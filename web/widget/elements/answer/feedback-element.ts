import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Entry } from '../../chat.port.ts'
import { icon } from '../conversation/icons.ts'
import { laterIcon } from '../conversation/later-icons.ts'
import type { TextKey } from '../language/wording.ts'
import { type Changed, LightElement } from '../light-element.ts'
import type { View } from '../view.ts'

type AssistantEntry = Extract<Entry, { kind: 'assistant' }>

const REASONS: [reason: string, text: TextKey][] = [
  ['wrong', 'reason_wrong'],
  ['outdated', 'reason_outdated'],
  ['unclear', 'reason_unclear'],
  ['not_my_question', 'reason_not_my_question'],
  ['other', 'reason_other'],
]

/** What the shopper thinks of an answer. */
export class FeedbackElement extends LightElement {
  static override properties = ['entry', 'view']
  declare entry: AssistantEntry
  declare view: View

  protected override updated(changed: Changed<this>): void {
    const before = changed.get('entry')
    // What is asked in return may lie under the input bar.
    if (before && before.feedback !== this.entry.feedback)
      this.querySelector('.reasons')?.scrollIntoView({ block: 'nearest' })
  }

  protected override render() {
    return feedbackRow(this.entry, this.view)
  }
}

/** Up, down with a reason, “this solved it”. What was said stays visible and can be changed. */
function feedbackRow(entry: AssistantEntry, view: View): TemplateResult {
  const { say, chat } = view
  const { key, feedback } = entry
  const solved = feedback?.reason === 'solved'
  const rate = (helpful: boolean, reason?: string) => chat.rate(key, { helpful, ...(reason ? { reason } : {}) })
  return html`<section class="feedback" part="feedback" aria-label=${say('helped')}>
    <div class="thumbs">
      <button type="button" class="thumb" aria-pressed=${feedback?.helpful === true} aria-label=${say('yes')} title=${say('yes')} @click=${() => rate(true)}>${laterIcon('up')}</button>
      <button type="button" class="thumb against" aria-pressed=${feedback?.helpful === false} aria-label=${say('no')} title=${say('no')} @click=${() => rate(false)}>${laterIcon('up')}</button>
      ${
        feedback?.helpful
          ? html`<button type="button" class="chip" aria-pressed=${solved} @click=${() => rate(true, solved ? undefined : 'solved')}>${icon('check')} ${say('solved')}</button>`
          : nothing
      }
    </div>
    ${feedback?.helpful === false ? reasons(entry, view) : nothing}
  </section>`
}

function reasons({ key, feedback }: AssistantEntry, { say, chat }: View): TemplateResult {
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    const comment = new FormData(event.target as HTMLFormElement).get('comment')?.toString().trim()
    chat.rate(key, { helpful: false, reason: 'other', ...(comment ? { comment } : {}) })
  }
  return html`<div class="reasons" role="group" aria-label=${say('what_wrong')}>
    <p>${say('what_wrong')}</p>
    ${REASONS.map(
      ([reason, text]) => html`<button type="button" class="chip" aria-pressed=${feedback?.reason === reason}
        @click=${() => chat.rate(key, { helpful: false, reason })}>${say(text)}</button>`,
    )}
    ${
      feedback?.reason === 'other' && !feedback.comment
        ? html`<form @submit=${send}>
            <label class="unseen" for=${`${key}-comment`}>${say('comment')}</label>
            <input id=${`${key}-comment`} name="comment" maxlength="2000" autocomplete="off" placeholder=${say('comment')} />
            <button type="submit" class="secondary">${say('send_feedback')}</button>
          </form>`
        : nothing
    }
    ${feedback?.comment ? html`<p class="thanks">${say('thanks')}</p>` : nothing}
  </div>`
}
