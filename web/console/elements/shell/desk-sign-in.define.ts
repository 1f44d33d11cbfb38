import { DeskSignIn } from './desk-sign-in.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-sign-in': DeskSignIn
  }
}

if (!customElements.get('desk-sign-in')) customElements.define('desk-sign-in', DeskSignIn)
