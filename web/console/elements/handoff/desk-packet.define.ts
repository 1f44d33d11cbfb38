import { DeskPacket } from './desk-packet.ts'

declare global {
  interface HTMLElementTagNameMap {
    'desk-packet': DeskPacket
  }
}

if (!customElements.get('desk-packet')) customElements.define('desk-packet', DeskPacket)
