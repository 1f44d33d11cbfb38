import { DeskQueue } from './desk-queue.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-queue': DeskQueue
  }
}

if (!customElements.get('desk-queue')) customElements.define('desk-queue', DeskQueue)
