import { DeskKeys } from './desk-keys.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-keys': DeskKeys
  }
}

if (!customElements.get('desk-keys')) customElements.define('desk-keys', DeskKeys)
