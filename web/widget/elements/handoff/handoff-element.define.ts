import { HandoffElement } from './handoff-element.ts'

if (!customElements.get('purser-handoff')) customElements.define('purser-handoff', HandoffElement)
