import { PersonSheetElement } from './person-sheet-element.ts'

if (!customElements.get('purser-person-sheet')) customElements.define('purser-person-sheet', PersonSheetElement)
