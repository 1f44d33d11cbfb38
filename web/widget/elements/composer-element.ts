import { html, nothing } from 'lit/html.js'
import { icon } from './conversation/icons.ts'
import { LightElement } from './light-element.ts'
import type { View } from './view.ts'

/** Source: the API's limit of a question. */
const MOST = 4_000
/** The counter is shown once this few are left. */
const NEAR = 300

/** Where the shopper writes: grows with the text, keeps the draft in the conversation's state, refuses files with a reason. */
export class ComposerElement extends LightElement {
  static override properties = ['view', 'paused', 'refused']
  declare view: View
  /** Sending is paused by a rate limit; writing is not. */
  declare paused: boolean
  declare refused: boolean

  constructor() {
    super()
    this.paused = false
    this.refused = false
  }

  /** Puts the caret into the field. */
  write(): void {
    this.field?.focus({ preventScroll: true })
  }

  /** Says why `files` were not taken and puts the focus there. */
  async refuseFiles(): Promise<void> {
    this.refused = true
    await this.updateComplete
    this.querySelector<HTMLElement>('.refusal button')?.focus()
  }

  protected override updated(): void {
    const { field } = this
    if (!field) return
    if (field.value !== this.view.state.draft && !this.composing) field.value = this.view.state.draft
    grow(field)
  }

  private get field(): HTMLTextAreaElement | null {
    return this.querySelector('textarea')
  }

  private composing = false

  protected override render() {
    const { say, state } = this.view
    const length = state.draft.trim().length
    const left = MOST - length
    const stopping = state.busy && length === 0
    const person = state.handoff?.status === 'claimed' ? state.handoff.person?.name : null
    const idle = !stopping && (length === 0 || left < 0 || this.paused)
    return html`<form part="composer" @submit=${this.submit}>
      ${
        this.refused
          ? html`<p class="refusal" role="alert">${icon('alert')}<span id="purser-refused">${say('no_files')}</span>
              <button type="button" class="link" aria-describedby="purser-refused" @click=${this.understood}>${say('close')}</button></p>`
          : nothing
      }
      <div class="field">
        <textarea rows="1" part="input" dir="auto" enterkeyhint="send" aria-label=${say('write')}
          placeholder=${person ? say('placeholder_person', { name: person }) : say('placeholder')}
          aria-describedby="purser-alert purser-left" aria-invalid=${left < 0}
          @input=${this.keep} @keydown=${this.onKey} @paste=${this.onPaste}
          @compositionstart=${this.compose} @compositionend=${this.compose}></textarea>
        <button type="submit" class="send" part="send" data-does=${stopping ? 'stop' : 'send'} aria-disabled=${idle}
          aria-describedby="purser-alert" aria-label=${say(stopping ? 'stop' : 'send')} title=${say(stopping ? 'stop' : 'send')}>
          ${icon(stopping ? 'stop' : 'send')}
        </button>
      </div>
      <p id="purser-left" class="left" data-over=${left < 0}>${left < NEAR ? (left < 0 ? say('too_many', { count: -left }) : say('left', { count: left })) : nothing}</p>
    </form>`
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault()
    const { chat, state } = this.view
    const text = state.draft.trim()
    if (!text) {
      if (state.busy) await chat.stop()
      return
    }
    if (text.length > MOST || this.paused) return
    this.refused = false
    chat.setDraft('')
    this.write()
    // Refused for what the controller alone knows: the words come back rather than being lost.
    if (!(await chat.send(text)) && !chat.state.draft) chat.setDraft(text)
  }

  private keep(): void {
    this.view.chat.setDraft(this.field?.value ?? '')
  }

  private onKey(event: KeyboardEvent): void {
    // 229: Safari sends the Enter that ends a composition after compositionend.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    if (this.view.state.draft.trim()) this.querySelector('form')?.requestSubmit()
  }

  private compose(event: CompositionEvent): void {
    this.composing = event.type === 'compositionstart'
  }

  private onPaste(event: ClipboardEvent): void {
    if (!event.clipboardData?.files.length || event.clipboardData.getData('text/plain')) return
    event.preventDefault()
    this.refuseFiles()
  }

  private understood(): void {
    this.refused = false
    this.write()
  }
}

function grow(field: HTMLTextAreaElement): void {
  field.style.setProperty('height', 'auto')
  field.style.setProperty('height', `${field.scrollHeight}px`)
}
