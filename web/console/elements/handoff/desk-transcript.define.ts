import { DeskTranscript } from './desk-transcript.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-transcript': DeskTranscript
  }
}

if (!customElements.get('desk-transcript')) customElements.define('desk-transcript', DeskTranscript)
