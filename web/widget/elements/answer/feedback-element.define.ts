import { FeedbackElement } from './feedback-element.ts'

if (!customElements.get('purser-feedback')) customElements.define('purser-feedback', FeedbackElement)
