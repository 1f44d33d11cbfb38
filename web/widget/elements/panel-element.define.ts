import './answer-element.define.ts'
import './composer-element.define.ts'
import { LightElement } from './light-element.ts'
import { PanelElement } from './panel-element.ts'

LightElement.define('purser-panel', PanelElement)
