import { html, LitElement, nothing } from 'lit'
import type { HandoffDetail } from '../../../api-client/desk-shapes.ts'
import { holderOf } from '../../state/belonging.ts'
import type { Desk, Opened } from '../../state/desk.port.ts'
import { controls } from '../../styles/controls.ts'
import { handoffStyles } from '../../styles/handoff.ts'
import { screenStyles } from '../../styles/screen.ts'
import { texts } from '../../texts/english.ts'
import { followDesk } from '../desk-controller.ts'
import { dueChip } from '../due-chip.ts'
import { icon } from '../icons.ts'
import { nameOf } from '../queue/queue-row.ts'
import { failedScreen, loadingScreen, screen } from '../screen.ts'
import type { DeskClosing } from './desk-closing.ts'
import type { DeskComposer } from './desk-composer.ts'

/** The open hand-over: its head with what can be done, the conversation, what is known. Fires `left` to go back to the list. */
export class DeskHandoff extends LitElement {
  static override properties = { desk: { attribute: false }, pane: { state: true } }
  static override styles = [controls, screenStyles, handoffStyles]

  declare desk: Desk
  /** Which of the two is shown where there is no room for both. */
  declare pane: 'conversation' | 'known'

  #focusWanted = false
  #wasDoing: Opened['doing'] = null

  constructor() {
    super()
    this.pane = 'conversation'
    followDesk(this, () => this.desk)
  }

  override render() {
    const { opened } = this.desk.state
    const { noneTitle, none, keysHint, missingTitle, missing, failedTitle, loading } = texts.handoff
    if (!opened) {
      const hint = this.desk.state.shortcuts ? html`${none}<br />${keysHint}` : none
      return html`<div class="empty">${screen({ icon: 'inbox', title: noneTitle, text: hint })}</div>`
    }
    if (opened.phase === 'missing')
      return this.#alone(screen({ icon: 'inbox', title: missingTitle, text: missing, action: this.#backButton() }))
    if (opened.phase === 'failed')
      return this.#alone(failedScreen(failedTitle, opened.failure, () => this.desk.refresh()))
    if (!opened.handoff) return this.#alone(loadingScreen(loading, 3))
    return this.#handoff(opened, opened.handoff)
  }

  /** As soon as there is something to read. */
  focusHeading(): void {
    this.#focusWanted = true
    this.requestUpdate()
  }

  protected override updated(): void {
    const doing = this.desk.state.opened?.doing ?? null
    // What was pressed is gone with what it did; the focus goes to what comes next instead of nowhere.
    if (this.#wasDoing && !doing && document.activeElement === document.body) {
      if (this.#wasDoing === 'claim') this.focusReply()
      else this.#focusWanted = true
    }
    this.#wasDoing = doing
    const target = this.renderRoot.querySelector<HTMLElement>('.title h2, .screen .button')
    if (!this.#focusWanted || !target || !this.desk.state.opened) return
    this.#focusWanted = false
    target.focus()
  }

  /** Claims, or takes over from somebody else. False: there is nothing to claim. */
  claim(): boolean {
    const handoff = this.desk.state.opened?.handoff
    if (!handoff || handoff.status === 'resolved' || this.#who(handoff).who === 'me' || !this.#mayAct()) return false
    this.desk.claim(handoff.status === 'claimed')
    return true
  }

  focusReply(): boolean {
    this.pane = 'conversation'
    void this.updateComplete.then(() => this.renderRoot.querySelector<DeskComposer>('desk-composer')?.focusText())
    return true
  }

  #alone(content: unknown) {
    return html`<div class="alone">
      <div class="head"><button class="back" tabindex="0" @click=${this.#leave} aria-label=${texts.handoff.back}>${icon('back')}</button></div>
      ${content}
    </div>`
  }

  #backButton() {
    return html`<button class="button" @click=${this.#leave}>${texts.handoff.back}</button>`
  }

  #handoff(opened: Opened, handoff: HandoffDetail) {
    const { conversation, known, parts, back, loading } = texts.handoff
    const tab = (pane: typeof this.pane, words: string) =>
      html`<button aria-pressed=${this.pane === pane} @click=${() => (this.pane = pane)}>${words}</button>`
    return html`<div class="head">
        <button class="back" @click=${this.#leave} aria-label=${back}>${icon('back')}</button>
        <div class="title">
          <h2 tabindex="-1">${nameOf(handoff) ?? texts.person.anonymous}</h2>
          <p class="chips">
            ${this.#statusChip(handoff)} ${dueChip(handoff, this.desk.state.now)}
          </p>
        </div>
        <div class="actions">${this.#actions(opened, handoff)}</div>
      </div>
      <p class="problem" role="alert">${opened.problem ? texts.failure(opened.problem) : nothing}</p>
      <div class="parts" role="group" aria-label=${parts}>${tab('conversation', conversation)}${tab('known', known)}</div>
      <div class=${`body ${this.pane}`} @use-reply=${this.#onUseReply}>
        <section class="talk" aria-label=${texts.handoff.conversationWith(nameOf(handoff) ?? texts.person.anonymous)}>
          ${
            opened.phase === 'loading'
              ? loadingScreen(loading, 3)
              : html`<desk-transcript .desk=${this.desk} .opened=${opened}></desk-transcript>
                <desk-composer .desk=${this.desk} .opened=${opened}></desk-composer>`
          }
        </section>
        <aside aria-label=${known} tabindex="0"><desk-packet .handoff=${handoff} .now=${this.desk.state.now} ?usable=${this.#mayReply(handoff)}></desk-packet></aside>
      </div>
      <desk-closing @decided=${this.#onDecided}></desk-closing>`
  }

  #statusChip(handoff: HandoffDetail) {
    if (handoff.status === 'resolved') {
      const words = handoff.resolution === 'returned' ? texts.status.returned : texts.status.resolved
      return html`<span class="chip">${icon('check')}${words}</span>`
    }
    const holder = this.#who(handoff)
    if (holder.who === 'nobody') return html`<span class="chip accent">${texts.status.waiting}</span>`
    return holder.who === 'me'
      ? html`<span class="chip ok">${icon('person')}${texts.status.mine}</span>`
      : html`<span class="chip">${icon('person')}${texts.status.other(holder.name)}</span>`
  }

  #actions({ doing }: Opened, handoff: HandoffDetail) {
    if (handoff.status === 'resolved' || !this.#mayAct()) return nothing
    const { claim, takeOver, takeOverFrom, return: giveBack, resolve } = texts.handoff
    const busy = doing !== null
    const holder = this.#who(handoff)
    if (holder.who === 'nobody')
      return html`<button class="button primary" ?disabled=${busy} @click=${() => this.desk.claim(false)}>${claim}</button>`
    if (holder.who === 'other')
      return html`<button class="button" ?disabled=${busy} aria-label=${takeOverFrom(holder.name)} @click=${() => this.desk.claim(true)}>
        ${takeOver}
      </button>`
    return html`<button class="button" ?disabled=${busy} @click=${() => this.#ask('return')}>${giveBack}</button>
      <button class="button" ?disabled=${busy} @click=${() => this.#ask('resolve')}>${icon('check')}${resolve}</button>`
  }

  #who(handoff: HandoffDetail) {
    const { session } = this.desk.state
    return holderOf(handoff, session.phase === 'in' ? session.operator : null)
  }

  #mayAct(): boolean {
    const { session } = this.desk.state
    return session.phase === 'in' && session.operator.role !== 'viewer'
  }

  #mayReply(handoff: HandoffDetail): boolean {
    return this.#mayAct() && handoff.status !== 'resolved' && this.#who(handoff).who !== 'other'
  }

  #ask(kind: 'return' | 'resolve'): void {
    this.renderRoot.querySelector<DeskClosing>('desk-closing')?.ask(kind)
  }

  #onDecided = ({ detail }: CustomEvent<{ kind: 'return' | 'resolve'; note: string | null }>) => {
    if (detail.kind === 'return') this.desk.giveBack(detail.note)
    else this.desk.resolve(detail.note)
    this.focusHeading()
  }

  #onUseReply = ({ detail }: CustomEvent<{ text: string }>) => {
    const draft = this.desk.state.opened?.draft ?? ''
    this.desk.setDraft(draft.trim() === '' ? detail.text : `${draft}\n\n${detail.text}`)
    this.focusReply()
  }

  #leave = () => this.dispatchEvent(new CustomEvent('left'))
}
