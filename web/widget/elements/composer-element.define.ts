import { ComposerElement } from './composer-element.ts'
import { LightElement } from './light-element.ts'

LightElement.define('purser-composer', ComposerElement)
