import { html, nothing, type TemplateResult } from 'lit/html.js'
import { looksLikeEmail } from '../behaviour/email.ts'
import { icon } from '../conversation/icons.ts'
import { closedText, waitFacts } from '../handoff/wait-facts.ts'
import { durationText } from '../language/spans.ts'
import { LightElement } from '../light-element.ts'
import type { View } from '../view.ts'

/** Asking for a person: how long it may take before it is asked for, and where the reply may go. Tells `purser-done` once stored. */
export class PersonSheetElement extends LightElement {
  static override properties = ['view', 'wrong', 'sending']
  declare view: View
  declare wrong: boolean
  declare sending: boolean

  constructor() {
    super()
    this.wrong = false
    this.sending = false
  }

  protected override render() {
    const { say, shop, state } = this.view
    const open = state.handoff && state.handoff.status !== 'resolved' ? state.handoff : null
    const name = open?.person?.name ?? say('someone')
    const title = !open ? say('talk') : open.status === 'claimed' ? say('with_person', { name }) : say('waiting')
    return html`<form novalidate @submit=${this.ask}>
      <h2 id="purser-layer">${icon('headset')} ${title}</h2>
      ${open ? waitFacts(open, this.view) : html`<p>${say('talk_intro', { shop })}</p>${this.promise()}`}
      ${open?.status === 'claimed' || open?.contact ? nothing : this.email()}
      <div class="actions">
        ${
          open && (open.status === 'claimed' || open.contact)
            ? nothing
            : html`<button type="submit" class="primary" part="ask-person" aria-disabled=${this.sending}>${say(open ? 'save_email' : 'ask_person')}</button>`
        }
        <button type="button" class="secondary" data-dismiss>${say(open ? 'close' : 'cancel')}</button>
      </div>
    </form>`
  }

  /** What can be promised before anything was asked: the hours and the time a reply takes in them. */
  private promise() {
    const { say, state, locale } = this.view
    const support = state.config?.support
    if (!support) return nothing
    return html`<ul class="facts">
      <li data-open=${support.open}>${support.open ? say('open_now') : closedText(support.opensAt, this.view)}</li>
      ${support.replyWithinMinutes > 0 ? html`<li>${say('reply_within', { duration: durationText(support.replyWithinMinutes, locale) })}</li>` : nothing}
    </ul>`
  }

  private email(): TemplateResult {
    const { say } = this.view
    return html`<label for="purser-contact">${say('email_optional')}</label>
      <input id="purser-contact" name="contact" type="email" autocomplete="email" maxlength="320"
        aria-describedby="purser-contact-why purser-contact-wrong" aria-invalid=${this.wrong} />
      <p class="hint" id="purser-contact-why">${say('email_why')}</p>
      <p class="wrong" id="purser-contact-wrong" role="alert">${this.wrong ? say('email_wrong') : nothing}</p>`
  }

  private async ask(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.sending) return
    const { chat, state } = this.view
    const contact = String(new FormData(event.target as HTMLFormElement).get('contact') ?? '').trim()
    const asked = state.handoff !== null && state.handoff.status !== 'resolved'
    this.wrong = contact ? !looksLikeEmail(contact) : asked
    if (this.wrong) {
      this.querySelector('input')?.focus()
      return
    }
    this.sending = true
    await chat.askForPerson(contact ? { contact } : {})
    this.sending = false
    this.dispatchEvent(new CustomEvent('purser-done', { bubbles: true }))
  }
}
