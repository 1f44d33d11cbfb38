import { AnswerElement } from './answer-element.ts'

if (!customElements.get('purser-answer')) customElements.define('purser-answer', AnswerElement)
