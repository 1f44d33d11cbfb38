import { html, nothing, type TemplateResult } from 'lit'
import type { Handoff } from '../../api-client/desk-shapes.ts'
import { dueAt } from '../state/due.ts'
import { texts } from '../texts/english.ts'
import { fullTime } from '../texts/times.ts'
import { icon } from './icons.ts'

const LOOKS = { overdue: 'chip danger', soon: 'chip warn', later: 'chip' } as const

/** Until when a reply is due, in words and a sign besides the colour; the first reply ends that. Nothing once resolved. */
export function dueChip(handoff: Handoff, now: Date): TemplateResult | typeof nothing {
  if (handoff.status === 'resolved') return nothing
  if (handoff.repliedAt !== null)
    return html`<span class="chip" title=${fullTime(new Date(handoff.repliedAt))}>${icon('check')}${texts.due.replied}</span>`
  const due = dueAt(new Date(handoff.dueAt), now)
  return html`<time class=${LOOKS[due.state]} datetime=${handoff.dueAt} title=${texts.due.at(fullTime(new Date(handoff.dueAt)))}
    >${icon(due.state === 'later' ? 'clock' : 'alarm')}${texts.due[due.state](due.in)}</time
  >`
}
