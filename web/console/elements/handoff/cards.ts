import { html, nothing, type TemplateResult } from 'lit'
import { moneyText } from '#domain/money.ts'
import type { OrderCard, ProductCard } from '../../../api-client/shapes.ts'
import { safeUrl } from '../../state/safe-url.ts'
import { LOCALE } from '../../texts/counting.ts'
import { texts } from '../../texts/english.ts'
import { dateText, fullTime } from '../../texts/times.ts'
import { icon } from '../icons.ts'

/** An order as the shopper may see it: status in words, what is in it, where the parcel is, and how old these facts are. */
export function orderCard(order: OrderCard): TemplateResult {
  const { carrier, tracking, last, next, expected, asOf, name } = texts.order
  const fact = (label: string, value: unknown) =>
    value ? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : nothing
  return html`<article class="card" aria-label=${name(order.orderId)}>
    <p class="card-head">${icon('box')} <strong>${name(order.orderId)}</strong> <span class="chip">${order.status}</span></p>
    <p>${order.statusText}</p>
    <ul class="items">${order.items.map(({ name, quantity, sku }) => html`<li title=${sku}>${quantity} × ${name}</li>`)}</ul>
    <dl>
      ${fact(carrier, order.carrier)} ${fact(tracking, order.tracking)}
      ${fact(last, order.lastEvent && `${order.lastEvent.description}, ${dateText(order.lastEvent.at)}`)}
      ${fact(next, order.nextExpected && [order.nextExpected.what, order.nextExpected.by && dateText(order.nextExpected.by)].filter(Boolean).join(', '))}
      ${fact(expected, order.expectedBy && dateText(order.expectedBy))}
    </dl>
    <p class="small muted">${asOf(fullTime(new Date(order.asOf)))}</p>
  </article>`
}

/** A product in two lines, with when price and stock were read. */
export function productCard({ title, url, price, availability, asOf }: ProductCard): TemplateResult {
  const address = safeUrl(url)
  return html`<article class="card">
    <p class="card-head">
      ${address ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${title}</a>` : html`<strong>${title}</strong>`}
    </p>
    <p class="small muted">
      ${[price && moneyText(price, LOCALE), availability, texts.card.asOf(dateText(asOf))].filter(Boolean).join(' · ')}
    </p>
  </article>`
}
