import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { OrderCard } from '../../../api-client/shapes.ts'
import { icon } from '../conversation/icons.ts'
import { dayText } from '../language/spans.ts'
import { absoluteTime } from '../language/times.ts'
import type { View } from '../view.ts'
import { ago } from './ago.ts'

/** One order: how it stands in words, what is in it, what happened last, what comes next, what was asked for, and how old these facts are. */
export function orderCard(order: OrderCard, view: View): TemplateResult {
  const { say } = view
  return html`<article class="card order" part="card order">
    <header>
      <h3>${say('order', { id: order.orderId })}</h3>
      <span class="status" data-status=${order.status}>${order.statusText}</span>
    </header>
    <dl>
      ${row(say('next_event'), next(order, view))}
      ${row(say('last_event'), order.lastEvent ? html`${order.lastEvent.description}<small>${ago(order.lastEvent.at, view)}</small>` : null)}
      ${row(say('carrier'), order.carrier ? html`${order.carrier}${order.tracking ? html`<small><bdi>${order.tracking}</bdi></small>` : nothing}` : null)}
      ${row(
        say('items'),
        order.items.length
          ? html`<ul>${order.items.map(({ name, quantity }) => html`<li>${say('item', { count: quantity, name })}</li>`)}</ul>`
          : null,
      )}
      ${row(say('requests'), requests(order))}
    </dl>
    <footer>${icon('clock')} ${checked(order.asOf, view)}</footer>
  </article>`
}

function next({ nextExpected, expectedBy }: OrderCard, view: View): TemplateResult | string | null {
  if (nextExpected && !nextExpected.by) return nextExpected.what
  const by = nextExpected?.by ?? expectedBy
  if (!by) return null
  const date = new Date(by)
  const day = html`<time datetime=${by} title=${absoluteTime(date, view.locale)}>${dayText(date, view.locale)}</time>`
  if (!nextExpected) return html`${view.say('expected')}: ${day}`
  const [before, after] = view.say('by_date', { what: nextExpected.what, date: '\u0000' }).split('\u0000')
  return html`${before}${day}${after}`
}

/** What was asked for, or went wrong: how it stands, in words that say "done" only of what is. */
function requests({ cases = [] }: OrderCard): TemplateResult | null {
  return cases.length
    ? html`<ul class="cases">${cases.map(({ what, state, stateText, text }) => html`<li data-state=${state}>${what} <b>${stateText}</b><small>${text}</small></li>`)}</ul>`
    : null
}

function row(name: string, value: TemplateResult | string | null) {
  return value ? html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>` : nothing
}

function checked(at: string, view: View) {
  const [before, after] = view.say('checked', { when: '\u0000' }).split('\u0000')
  return html`<span>${before}${ago(at, view)}${after}</span>`
}
