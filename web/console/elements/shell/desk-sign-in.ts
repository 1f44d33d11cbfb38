import { html, LitElement, nothing } from 'lit'
import type { Failure } from '../../../api-client/desk-client.ts'
import { controls } from '../../styles/controls.ts'
import { screenStyles } from '../../styles/screen.ts'
import { signInStyles } from '../../styles/sign-in.ts'
import { texts } from '../../texts/english.ts'
import { screen } from '../screen.ts'
import { signInHelp } from './sign-in-help.ts'

/** Tries the code; null when signed in. */
export type SignIn = (code: string) => Promise<Failure | null>

/** The page behind a sign-in link. It waits for a click, because mail filters open links and the code works once. */
export class DeskSignIn extends LitElement {
  static override properties = {
    code: {},
    signIn: { attribute: false },
    failure: { state: true },
    doing: { state: true },
  }
  static override styles = [controls, screenStyles, signInStyles]

  declare code: string
  declare signIn: SignIn
  declare failure: Failure | null
  declare doing: boolean

  constructor() {
    super()
    this.code = ''
    this.failure = null
    this.doing = false
  }

  override render() {
    return html`<main>
      <p class="brand">${texts.product} <strong>${texts.desk}</strong></p>
      <section class="card">${this.#content()}</section>
    </main>`
  }

  protected override firstUpdated(): void {
    document.title = `${texts.signIn.title} – ${texts.product}`
  }

  #content() {
    const { title, ready, action, doing, refusedTitle, refused, missingTitle, missing, failed } = texts.signIn
    if (
      this.failure &&
      this.failure.what !== 'unreachable' &&
      this.failure.what !== 'server' &&
      this.failure.what !== 'rate_limited'
    )
      return html`<div role="alert">
        ${screen({ icon: 'lock', title: refusedTitle, text: refused, action: signInHelp(), level: 1 })}
      </div>`
    if (this.code === '')
      return screen({ icon: 'lock', title: missingTitle, text: missing, action: signInHelp(), level: 1 })
    const button = html`<button class="button primary" ?disabled=${this.doing} @click=${this.#onClick}>
      ${this.doing ? doing : action}
    </button>`
    return html`${screen({ icon: 'person', title, text: ready, action: button, level: 1 })}
      <p class="problem" role="alert">${this.failure ? `${failed}${texts.failure(this.failure)}` : nothing}</p>`
  }

  #onClick = async () => {
    this.doing = true
    this.failure = await this.signIn(this.code)
    // Signed in, the page is on its way to the desk; the button stays as it is.
    this.doing = this.failure === null
  }
}
