import { html, type TemplateResult } from 'lit'
import { absoluteTime, clockTime, relativeTime } from '../language/times.ts'
import type { View } from '../view.ts'

/** A time as it is seen from now, in full on hover. */
export function ago(at: Date | string, view: View): TemplateResult {
  return timeTag(new Date(at), view, relativeTime(new Date(at), view.now, view.locale))
}

/** A time of the day, in full on hover. */
export function clock(at: Date, view: View): TemplateResult {
  return timeTag(at, view, clockTime(at, view.now, view.locale))
}

function timeTag(at: Date, { locale }: View, text: string): TemplateResult {
  return html`<time datetime=${at.toISOString()} title=${absoluteTime(at, locale)}>${text}</time>`
}
