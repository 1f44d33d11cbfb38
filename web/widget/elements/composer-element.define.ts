import { ComposerElement } from './composer-element.ts'

if (!customElements.get('purser-composer')) customElements.define('purser-composer', ComposerElement)
