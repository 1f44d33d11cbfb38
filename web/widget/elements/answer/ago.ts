import type { TemplateResult } from 'lit/html.js'
import { timeTag } from '../conversation/time-tag.ts'
import { relativeTime } from '../language/spans.ts'
import type { View } from '../view.ts'

/** A time as it is seen from now, in full on hover. */
export function ago(at: string, view: View): TemplateResult {
  return timeTag(new Date(at), view, relativeTime(new Date(at), view.now, view.locale))
}
