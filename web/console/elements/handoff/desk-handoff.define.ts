import { DeskHandoff } from './desk-handoff.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-handoff': DeskHandoff
  }
}

if (!customElements.get('desk-handoff')) customElements.define('desk-handoff', DeskHandoff)
