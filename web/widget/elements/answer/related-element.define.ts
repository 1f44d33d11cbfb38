import { RelatedElement } from './related-element.ts'

if (!customElements.get('purser-related')) customElements.define('purser-related', RelatedElement)
