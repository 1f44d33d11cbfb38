import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { HandoffNotice } from '../../../api-client/shapes.ts'
import { avatar } from '../conversation/byline.ts'
import { icon } from '../conversation/icons.ts'
import { LightElement } from '../light-element.ts'
import type { View } from '../view.ts'
import { waitFacts } from './wait-facts.ts'

/** A change of the hand-over: a card while it waits, a line of its own for what came after. */
export class HandoffElement extends LightElement {
  static override properties = ['notice', 'view']
  declare notice: HandoffNotice
  declare view: View

  protected override render() {
    const { notice, view } = this
    const { handoff } = view.state
    // A later state of the same hand-over is told by a later line; this one then only says that a person was asked.
    if (notice.status === 'waiting' && handoff?.id === notice.id && handoff.status === 'waiting')
      return waitingCard(handoff, view)
    return html`<p class="event">${eventText(notice, view)}</p>`
  }
}

function waitingCard(notice: HandoffNotice, view: View): TemplateResult {
  const { say } = view
  return html`<section class="card waiting" part="card handoff">
    <h3>${icon('headset')} ${say('waiting')}</h3>
    <p>${say('waiting_since')}</p>
    ${waitFacts(notice, view)}
    ${notice.contact ? nothing : html`<button type="button" class="quiet" data-layer="person">${say('leave_email')}</button>`}
  </section>`
}

function eventText(notice: HandoffNotice, { say }: View) {
  const name = notice.person?.name ?? say('someone')
  if (notice.status === 'claimed') return html`${avatar('person', name)} ${say('claimed', { name })}`
  if (notice.status === 'waiting') return html`${icon('headset')} ${say('waiting_since')}`
  return html`${icon('check')} ${say(notice.resolution === 'returned' ? 'returned' : 'resolved')}`
}
