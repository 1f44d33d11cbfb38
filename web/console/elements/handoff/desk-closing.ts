import { html, LitElement } from 'lit'
import { controls } from '../../styles/controls.ts'
import { dialogStyles } from '../../styles/dialog.ts'
import { texts } from '../../texts/english.ts'

/** Asks before a conversation leaves the desk, and for a note. Fires `decided` with `kind` and `note`. */
export class DeskClosing extends LitElement {
  static override properties = { kind: { state: true } }
  static override styles = [controls, dialogStyles]

  declare kind: 'return' | 'resolve'

  constructor() {
    super()
    this.kind = 'resolve'
  }

  async ask(kind: 'return' | 'resolve'): Promise<void> {
    this.kind = kind
    await this.updateComplete
    this.#note().value = ''
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  override render() {
    const { returnTitle, returnText, resolveTitle, resolveText, note, cancel } = texts.closing
    const returning = this.kind === 'return'
    return html`<dialog aria-labelledby="title" aria-describedby="text">
      <form method="dialog" @submit=${this.#onSubmit}>
        <h2 id="title">${returning ? returnTitle : resolveTitle}</h2>
        <p id="text" class="muted">${returning ? returnText : resolveText}</p>
        <label class="field" for="note">${note}</label>
        <textarea id="note" rows="3" maxlength="2000"></textarea>
        <div class="buttons">
          <button class="button" type="button" @click=${this.#close}>${cancel}</button>
          <button class="button primary" value="yes">${returning ? texts.handoff.return : texts.handoff.resolve}</button>
        </div>
      </form>
    </dialog>`
  }

  #note(): HTMLTextAreaElement {
    return this.renderRoot.querySelector('textarea') as HTMLTextAreaElement
  }

  #close = () => this.renderRoot.querySelector('dialog')?.close()

  #onSubmit = () => {
    const note = this.#note().value.trim()
    this.dispatchEvent(new CustomEvent('decided', { detail: { kind: this.kind, note: note === '' ? null : note } }))
  }
}
