import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Receipt } from '../../../api-client/shapes.ts'
import { icon } from '../conversation/icons.ts'
import { laterIcon } from '../conversation/later-icons.ts'
import { absoluteTime } from '../language/times.ts'
import type { TextKey } from '../language/wording.ts'
import { LightElement } from '../light-element.ts'
import { saveFile } from '../transcript/save-file.ts'
import type { View } from '../view.ts'

/** Deleting everything: what that means, a confirmation, and a receipt with a date. */
export class EraseSheetElement extends LightElement {
  static override properties = ['view', 'step', 'receipt']
  declare view: View
  declare step: 'ask' | 'deleting' | 'failed' | 'deleted'
  declare receipt: Receipt | null

  constructor() {
    super()
    this.step = 'ask'
    this.receipt = null
  }

  protected override render() {
    return this.receipt ? this.deleted(this.receipt) : this.question()
  }

  private question(): TemplateResult {
    const { say, shop } = this.view
    const deleting = this.step === 'deleting'
    return html`<h2 id="purser-layer">${laterIcon('trash')} ${say('delete_title')}</h2>
      <p>${say('delete_what', { shop })}</p>
      <p><strong>${say('delete_forever')}</strong></p>
      <p class="wrong" role="alert">${this.step === 'failed' ? say('failed') : nothing}</p>
      <div class="actions">
        <button type="button" class="primary danger" part="erase-confirm" aria-disabled=${deleting} @click=${this.erase}>${say(deleting ? 'deleting' : 'delete_confirm')}</button>
        <button type="button" class="secondary" data-dismiss>${say('delete_keep')}</button>
      </div>`
  }

  private deleted(receipt: Receipt): TemplateResult {
    const { say } = this.view
    return html`<h2 id="purser-layer" tabindex="-1">${icon('check')} ${say('deleted_title')}</h2>
      <p>${this.when(receipt)}</p>
      <ul class="facts">${this.counts(receipt).map((line) => html`<li>${line}</li>`)}</ul>
      <div class="actions">
        <button type="button" class="primary" data-dismiss>${say('done')}</button>
        <button type="button" class="secondary" @click=${this.keep}>${say('save_receipt')}</button>
      </div>`
  }

  private async erase(): Promise<void> {
    if (this.step === 'deleting') return
    this.step = 'deleting'
    try {
      this.receipt = await this.view.chat.eraseMyData()
      this.step = 'deleted'
    } catch {
      this.step = 'failed'
    }
    await this.updateComplete
    if (this.receipt) this.querySelector('h2')?.focus()
  }

  private keep(): void {
    if (!this.receipt) return
    const lines = [
      this.view.shop,
      this.view.say('deleted_title'),
      this.when(this.receipt),
      ...this.counts(this.receipt),
    ]
    saveFile('purser-receipt.txt', 'text/plain', `${lines.join('\n')}\n`)
  }

  private when({ erasedAt }: Receipt): string {
    return this.view.say('deleted_at', { when: absoluteTime(new Date(erasedAt), this.view.locale) })
  }

  private counts({ messages, conversations, handoffs, feedback }: Receipt): string[] {
    const kinds: [TextKey, number][] = [
      ['deleted_conversations', conversations],
      ['deleted_messages', messages],
      ['deleted_handoffs', handoffs],
      ['deleted_feedback', feedback],
    ]
    return kinds.filter(([, count]) => count > 0).map(([key, count]) => this.view.say(key, { count }))
  }
}
