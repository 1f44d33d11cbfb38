import { DeskClosing } from './desk-closing.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-closing': DeskClosing
  }
}

if (!customElements.get('desk-closing')) customElements.define('desk-closing', DeskClosing)
