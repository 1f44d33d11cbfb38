import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { OrderProof } from '../chat.port.ts'
import { looksLikeEmail } from './behaviour/email.ts'
import { icon } from './conversation/icons.ts'
import { laterIcon } from './conversation/later-icons.ts'
import { clockTime } from './language/times.ts'
import { LightElement } from './light-element.ts'
import type { View } from './view.ts'

/** Proving an order: its number and e-mail address, then the code that was sent there. */
export class ProofElement extends LightElement {
  static override properties = ['view', 'wrong']
  declare view: View
  /** Name of the field that cannot be sent as it is. */
  declare wrong: string | null
  private drawn: OrderProof['step'] = 'none'

  constructor() {
    super()
    this.wrong = null
  }

  protected override updated(): void {
    const { step } = this.view.state.proof
    if (step === this.drawn) return
    this.drawn = step
    this.wrong = null
    if (step === 'ask' || step === 'code') this.querySelector('input')?.focus()
  }

  protected override render() {
    const { proof } = this.view.state
    if (proof.step === 'none') return nothing
    if (proof.step === 'unlocked')
      return html`<p class="entry event" data-kind="unlocked">${icon('check')} ${this.view.say('unlocked', { id: proof.orderId })}</p>`
    const asked = proof.step === 'ask' || proof.step === 'sending'
    return html`<section class="card proof" part="card proof" aria-labelledby="purser-proof">${asked ? this.claim(proof) : this.code(proof)}</section>`
  }

  private claim({ step }: OrderProof): TemplateResult {
    const { say } = this.view
    const sending = step === 'sending'
    return html`<form novalidate @submit=${this.sendClaim}>
      <h3 id="purser-proof">${laterIcon('lock')} ${say('proof_title')}</h3>
      <p>${say('proof_intro')}</p>
      ${this.input('orderNumber', say('order_number'), say('order_number_wrong'), { autocomplete: 'off', inputmode: 'text' })}
      ${this.input('email', say('email'), say('email_wrong'), { autocomplete: 'email', inputmode: 'email' })}
      ${this.actions(say(sending ? 'sending_code' : 'send_code'), sending)}
    </form>`
  }

  private code(proof: OrderProof): TemplateResult {
    const { say, now, locale } = this.view
    const checking = proof.step === 'checking'
    const refused = proof.step === 'code' && proof.refused
    const time = proof.step === 'code' ? clockTime(proof.expiresAt, now, locale) : null
    return html`<form novalidate @submit=${this.sendCode}>
      <h3 id="purser-proof">${laterIcon('lock')} ${say('code_title')}</h3>
      ${time ? html`<p>${say('code_intro', { time })}</p>` : nothing}
      ${this.input('code', say('code'), say(refused ? 'code_wrong' : 'code_short'), { autocomplete: 'one-time-code', inputmode: 'numeric' }, refused)}
      ${this.actions(say(checking ? 'checking' : 'check_code'), checking)}
      <button type="button" class="link" @click=${() => this.view.chat.askForProof()}>${say('again')}</button>
    </form>`
  }

  private input(
    name: string,
    label: string,
    wrong: string,
    hints: { autocomplete: string; inputmode: string },
    refused = false,
  ) {
    const bad = refused || this.wrong === name
    return html`<label for=${`purser-${name}`}>${label}</label>
      <input id=${`purser-${name}`} name=${name} class=${name} autocomplete=${hints.autocomplete as AutoFill} inputmode=${hints.inputmode}
        maxlength=${name === 'code' ? 7 : 320} autocapitalize="off" spellcheck="false" required
        aria-invalid=${bad} aria-describedby=${`purser-${name}-wrong`} />
      <p class="wrong" id=${`purser-${name}-wrong`} role="alert">${bad ? wrong : nothing}</p>`
  }

  private actions(label: string, waiting: boolean): TemplateResult {
    return html`<div class="actions">
      <button type="submit" class="primary" aria-disabled=${waiting}>${label}</button>
      <button type="button" class="secondary" @click=${() => this.view.chat.cancelProof()}>${this.view.say('cancel')}</button>
    </div>`
  }

  private async sendClaim(event: SubmitEvent): Promise<void> {
    const { orderNumber, email } = this.values(event, ['orderNumber', 'email'])
    if (this.view.state.proof.step !== 'ask') return
    if (!orderNumber) return this.refuse('orderNumber')
    if (!looksLikeEmail(email ?? '')) return this.refuse('email')
    await this.view.chat.proveOrder({ orderNumber, email: email ?? '' })
  }

  private async sendCode(event: SubmitEvent): Promise<void> {
    const code = (this.values(event, ['code']).code ?? '').replace(/\s/g, '')
    if (this.view.state.proof.step !== 'code') return
    if (!/^\d{6}$/.test(code)) return this.refuse('code')
    this.wrong = null
    await this.view.chat.enterCode(code)
  }

  private values(event: SubmitEvent, names: string[]): Record<string, string> {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    return Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '').trim()]))
  }

  private refuse(name: string): void {
    this.wrong = name
    this.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
  }
}
