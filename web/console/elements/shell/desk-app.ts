import { html, LitElement, nothing } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Desk } from '../../state/desk.port.ts'
import { type Command, commandFor } from '../../state/shortcuts.ts'
import { appStyles } from '../../styles/app.ts'
import { controls } from '../../styles/controls.ts'
import { screenStyles } from '../../styles/screen.ts'
import { texts } from '../../texts/english.ts'
import { shortTime } from '../../texts/times.ts'
import { followDesk } from '../desk-controller.ts'
import type { DeskHandoff } from '../handoff/desk-handoff.ts'
import { icon } from '../icons.ts'
import type { DeskQueue } from '../queue/desk-queue.ts'
import { failedScreen, loadingScreen, screen } from '../screen.ts'
import type { DeskKeys } from './desk-keys.ts'
import { signInHelp } from './sign-in-help.ts'

/** The whole desk: who is signed in, whether it is live, the queue and the open hand-over. Keys are heard here. */
export class DeskApp extends LitElement {
  static override properties = { desk: { attribute: false } }
  static override styles = [controls, screenStyles, appStyles]

  declare desk: Desk

  constructor() {
    super()
    followDesk(this, () => this.desk)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#onKey)
  }

  override disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey)
    super.disconnectedCallback()
  }

  override render() {
    const { session, said } = this.desk.state
    if (session.phase === 'loading') return html`<main class="alone">${loadingScreen(texts.session.loading, 3)}</main>`
    if (session.phase === 'failed') return html`<main class="alone">${this.#failed()}</main>`
    if (session.phase === 'out')
      return html`<main class="alone">
        ${screen({ icon: 'lock', title: texts.session.outTitle, text: texts.session.out, action: signInHelp(), level: 1 })}
      </main>`
    return html`${this.#header(session.operator.name, session.operator.role)} ${this.#banner()}
      <div class=${this.desk.state.place.handoff ? 'panes reading' : 'panes'}>
        <desk-queue .desk=${this.desk} @handoff-chosen=${this.#onChosen}></desk-queue>
        <main tabindex="-1"><desk-handoff .desk=${this.desk} @left=${this.#leave}></desk-handoff></main>
      </div>
      <div class="unseen" role="status">${said ? keyed(said, html`<span>${said.text}</span>`) : nothing}</div>
      <desk-keys .desk=${this.desk}></desk-keys>`
  }

  protected override updated(): void {
    const { queue, session } = this.desk.state
    const { count, more } = queue.counts.waiting
    document.title = session.phase === 'in' ? texts.title(count, more) : texts.title(0, false)
  }

  #failed() {
    const { session } = this.desk.state
    if (session.phase !== 'failed') return nothing
    if (session.failure.what === 'forbidden')
      return screen({
        icon: 'lock',
        title: texts.session.forbiddenTitle,
        text: texts.session.forbidden(session.failure.detail),
        action: html`<button class="button" @click=${() => this.desk.signOut()}>${texts.session.signOut}</button>`,
        level: 1,
      })
    return failedScreen(texts.session.failedTitle, session.failure, () => this.desk.refresh(), 1)
  }

  #header(name: string, role: keyof typeof texts.session.roles) {
    const { live } = this.desk.state
    return html`<header>
      <h1 class="brand">${icon('inbox')} <span>${texts.product}</span> <strong>${texts.desk}</strong></h1>
      <span class=${`live ${live.state}`}><i aria-hidden="true"></i>${texts.live[live.state]}</span>
      <span class="gap"></span>
      <button class="button plain" aria-label=${texts.keys.open} title=${texts.keys.open} @click=${this.#help}>
        ${icon('keys')}
      </button>
      <span class="who" title=${texts.session.signedInAs(name, texts.session.roles[role])}>${name}</span>
      <button class="button plain small" @click=${() => this.desk.signOut()}>${texts.session.signOut}</button>
    </header>`
  }

  #banner() {
    const { live, now } = this.desk.state
    if (live.state !== 'lost') return nothing
    const seconds = Math.max(0, Math.ceil((live.retryAt.getTime() - now.getTime()) / 1000))
    return html`<div class="banner" role="alert">
      ${icon('broken')}
      <span>${texts.live.banner(shortTime(live.since, now))}</span>
      <span aria-hidden="true">${texts.live.retry(seconds)}</span>
      <button class="button small" @click=${() => this.desk.reconnect()}>${texts.live.now}</button>
    </div>`
  }

  #queue(): DeskQueue | null {
    return this.renderRoot.querySelector('desk-queue')
  }

  #open(): DeskHandoff | null {
    return this.renderRoot.querySelector('desk-handoff')
  }

  #help = () => this.renderRoot.querySelector<DeskKeys>('desk-keys')?.show()

  #onChosen = async () => {
    await this.updateComplete
    this.#open()?.focusHeading()
  }

  #leave = async () => {
    const left = this.desk.state.place.handoff
    this.desk.go({ handoff: null })
    await this.updateComplete
    this.#queue()?.focusRow(left)
  }

  #onKey = (event: KeyboardEvent) => {
    if (this.desk.state.session.phase !== 'in') return
    const command = commandFor(event, this.desk.state.shortcuts)
    if (command && this.#obey(command, event)) event.preventDefault()
  }

  /** Whether there was something to do. */
  #obey(command: Command, event: KeyboardEvent): boolean {
    const { handoff } = this.desk.state.place
    if (command === 'help') return this.#help() !== null
    if (command === 'next' || command === 'previous') return this.#queue()?.move(command === 'next' ? 1 : -1) ?? false
    if (command === 'open') return this.#queue()?.openFocused() ?? false
    if (!handoff) return false
    if (command === 'claim') return this.#open()?.claim() ?? false
    if (command === 'reply') return this.#open()?.focusReply() ?? false
    // Out of the reply first, so that one Escape too many loses no place.
    const typing = event.composedPath()[0] instanceof HTMLTextAreaElement
    if (typing) this.#open()?.focusHeading()
    else void this.#leave()
    return true
  }
}
