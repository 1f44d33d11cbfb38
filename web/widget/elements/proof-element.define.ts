import { ProofElement } from './proof-element.ts'

if (!customElements.get('purser-proof')) customElements.define('purser-proof', ProofElement)
