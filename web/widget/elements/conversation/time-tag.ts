import { html, type TemplateResult } from 'lit/html.js'
import { absoluteTime, clockTime } from '../language/times.ts'
import type { View } from '../view.ts'

/** A time of the day, in full on hover. */
export function clock(at: Date, view: View): TemplateResult {
  return timeTag(at, view, clockTime(at, view.now, view.locale))
}

/** `text` for a time, which is said in full on hover. */
export function timeTag(at: Date, { locale }: View, text: string): TemplateResult {
  return html`<time datetime=${at.toISOString()} title=${absoluteTime(at, locale)}>${text}</time>`
}
