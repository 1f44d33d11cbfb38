import { DeskApp } from './desk-app.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-app': DeskApp
  }
}

if (!customElements.get('desk-app')) customElements.define('desk-app', DeskApp)
