import { html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Desk, Opened } from '../../state/desk.port.ts'
import { cardStyles } from '../../styles/cards.ts'
import { controls } from '../../styles/controls.ts'
import { transcriptStyles } from '../../styles/transcript.ts'
import { texts } from '../../texts/english.ts'
import { messageLine } from './message-line.ts'

/** So near to the end that somebody reading wants to stay there, in pixels. */
const NEAR_PX = 80

/** Everything said so far, and the reply on its way. Follows the end unless somebody has scrolled up to read. */
export class DeskTranscript extends LitElement {
  static override properties = {
    desk: { attribute: false },
    opened: { attribute: false },
    below: { state: true },
  }
  static override styles = [controls, cardStyles, transcriptStyles]

  declare desk: Desk
  declare opened: Opened
  /** Something was said under what is seen. */
  declare below: boolean
  #shown = { id: '', lines: 0 }
  #atEnd = true

  constructor() {
    super()
    this.below = false
  }

  override render() {
    const messages = this.opened.handoff?.messages ?? []
    const { outgoing } = this.opened
    const { session, now } = this.desk.state
    const me = session.phase === 'in' ? session.operator : null
    return html`<div class="scroll" tabindex="0" role="log" aria-live="off" aria-label=${texts.handoff.conversation} @scroll=${this.#onScroll}>
        ${messages.length === 0 && !outgoing ? html`<p class="muted none">${this.opened.handoff?.packet.reason ? texts.transcript.empty : texts.packet.erased}</p>` : nothing}
        <ol>
          ${repeat(
            messages,
            ({ id }) => id,
            (message) => messageLine(message, { me, now, open: this.opened.handoff?.status !== 'resolved' }),
          )}
          ${outgoing ? this.#outgoing(outgoing) : nothing}
        </ol>
      </div>
      ${
        this.below
          ? html`<button class="button primary small below" @click=${this.#toEnd}>↓ ${texts.handoff.earlier}</button>`
          : nothing
      }`
  }

  protected override updated(): void {
    const id = this.opened.id
    const lines = (this.opened.handoff?.messages.length ?? 0) + (this.opened.outgoing ? 1 : 0)
    const other = id !== this.#shown.id
    const grown = lines > this.#shown.lines
    this.#shown = { id, lines }
    if (other || (grown && (this.#atEnd || this.opened.outgoing))) this.#toEnd()
    else if (grown) this.below = true
  }

  #outgoing({ text, state, failure }: NonNullable<Opened['outgoing']>) {
    const { sending, waiting, retry, refused, edit, you } = texts.transcript
    const words = state === 'sending' ? sending : state === 'waiting' ? waiting : refused
    return html`<li class="line person outgoing">
      <p class="meta"><strong>${you}</strong></p>
      <div class="bubble"><p class="text">${text}</p></div>
      <p class=${state === 'refused' ? 'after refused' : 'after'} role="status">
        ${words}${state === 'refused' && failure ? texts.failure(failure) : nothing}
        ${state === 'waiting' ? html`<button class="link" @click=${() => this.desk.retryReply()}>${retry}</button>` : nothing}
        ${state === 'refused' ? html`<button class="link" @click=${() => this.desk.editReply()}>${edit}</button>` : nothing}
      </p>
    </li>`
  }

  #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroll')
  }

  #toEnd = () => {
    const scroller = this.#scroller()
    scroller?.scrollTo(0, scroller.scrollHeight)
    this.#atEnd = true
    this.below = false
  }

  #onScroll = () => {
    const scroller = this.#scroller()
    if (!scroller) return
    this.#atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX
    if (this.#atEnd) this.below = false
  }
}
