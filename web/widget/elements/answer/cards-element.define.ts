import { CardsElement } from './cards-element.ts'

if (!customElements.get('purser-cards')) customElements.define('purser-cards', CardsElement)
