import './answer-element.define.ts'
import './composer-element.define.ts'
import { PanelElement } from './panel-element.ts'

if (!customElements.get('purser-panel')) customElements.define('purser-panel', PanelElement)
