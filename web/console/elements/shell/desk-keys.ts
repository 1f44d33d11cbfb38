import { html, LitElement } from 'lit'
import type { Desk } from '../../state/desk.port.ts'
import { controls } from '../../styles/controls.ts'
import { dialogStyles } from '../../styles/dialog.ts'
import { texts } from '../../texts/english.ts'
import { followDesk } from '../desk-controller.ts'

/** The list of keys, with the switch that turns single keys off. */
export class DeskKeys extends LitElement {
  static override properties = { desk: { attribute: false } }
  static override styles = [controls, dialogStyles]

  declare desk: Desk

  constructor() {
    super()
    followDesk(this, () => this.desk)
  }

  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  override render() {
    const { title, on, onHint, close, list, always, alwaysTitle } = texts.keys
    const line = ([keys, what]: readonly string[]) =>
      html`<div><dt>${keys?.split(' ').map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd></div>`
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${title}</h2>
      <label class="switch">
        <input type="checkbox" .checked=${this.desk.state.shortcuts} @change=${this.#onSwitch} />
        <span>${on}<small class="muted">${onHint}</small></span>
      </label>
      <dl class=${this.desk.state.shortcuts ? 'keys' : 'keys off'}>${list.map(line)}</dl>
      <h3>${alwaysTitle}</h3>
      <dl class="keys">${always.map(line)}</dl>
      <form method="dialog" class="buttons"><button class="button">${close}</button></form>
    </dialog>`
  }

  #onSwitch = (event: Event) => this.desk.setShortcuts((event.target as HTMLInputElement).checked)
}
