import { AnswerElement } from './answer-element.ts'
import { LightElement } from './light-element.ts'

LightElement.define('purser-answer', AnswerElement)
