import { html, LitElement, nothing } from 'lit'
import { live } from 'lit/directives/live.js'
import { holderOf } from '../../state/belonging.ts'
import type { Desk, Opened } from '../../state/desk.port.ts'
import { composerStyles } from '../../styles/composer.ts'
import { controls } from '../../styles/controls.ts'
import { texts } from '../../texts/english.ts'
import { icon } from '../icons.ts'

/** What the server takes for one message. */
const MOST_CHARACTERS = 8_000

/** Where the reply is written. The draft is kept with every key; sending claims the hand-over if nobody has it. */
export class DeskComposer extends LitElement {
  static override properties = { desk: { attribute: false }, opened: { attribute: false } }
  static override styles = [controls, composerStyles]

  declare desk: Desk
  declare opened: Opened

  focusText(): void {
    this.renderRoot.querySelector<HTMLElement>('textarea, button')?.focus()
  }

  override render() {
    const { handoff, draft, outgoing } = this.opened
    const { session } = this.desk.state
    if (!handoff || session.phase !== 'in') return nothing
    const { resolved, returned, viewer, other, busy, blocked, tooLong, hint, label, send, claimAndSend } =
      texts.composer
    if (handoff.status === 'resolved')
      return html`<p class="closed">${icon('check')} ${handoff.resolution === 'returned' ? returned : resolved}</p>`
    if (session.operator.role === 'viewer') return html`<p class="closed">${icon('lock')} ${viewer}</p>`
    const holder = holderOf(handoff, session.operator)
    if (holder.who === 'other')
      return html`<p class="closed">
        ${icon('person')} ${other(holder.name)}
        <button class="button small" @click=${() => this.desk.claim(true)}>${texts.handoff.takeOver}</button>
      </p>`
    const over = draft.trim().length - MOST_CHARACTERS
    return html`<form @submit=${this.#onSubmit}>
      <label class="unseen" for="text">${label}</label>
      <textarea
        id="text"
        rows="2"
        placeholder=${label}
        aria-describedby="hint"
        aria-invalid=${over > 0 ? 'true' : nothing}
        .value=${live(draft)}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      ></textarea>
      <div class="foot">
        <span id="hint" class=${over > 0 ? 'small over' : 'small muted'} role=${over > 0 ? 'alert' : nothing}
          >${over > 0 ? tooLong(over) : outgoing ? (outgoing.state === 'refused' ? blocked : busy) : hint}</span
        >
        <button class="button primary" ?disabled=${outgoing !== null || over > 0 || draft.trim() === ''}>
          ${icon('send')} ${holder.who === 'nobody' ? claimAndSend : send}
        </button>
      </div>
    </form>`
  }

  #onInput = (event: Event) => this.desk.setDraft((event.target as HTMLTextAreaElement).value)

  #onKey = (event: KeyboardEvent) => {
    // Enter also ends the composing of a word in Japanese or Chinese, which is not meant for us.
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey || event.altKey) return
    // A phone has no Shift+Enter; there the button sends.
    if (matchMedia('(pointer: coarse)').matches && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    this.#send()
  }

  #onSubmit = (event: Event) => {
    event.preventDefault()
    this.#send()
    this.focusText()
  }

  #send(): void {
    const text = this.opened.draft.trim()
    if (text !== '' && text.length <= MOST_CHARACTERS && !this.opened.outgoing) this.desk.reply(text)
  }
}
