import { EraseSheetElement } from './erase-sheet-element.ts'

if (!customElements.get('purser-erase-sheet')) customElements.define('purser-erase-sheet', EraseSheetElement)
