import { SourcesElement } from './sources-element.ts'

if (!customElements.get('purser-sources')) customElements.define('purser-sources', SourcesElement)
