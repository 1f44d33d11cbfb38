import { DeskComposer } from './desk-composer.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-composer': DeskComposer
  }
}

if (!customElements.get('desk-composer')) customElements.define('desk-composer', DeskComposer)
