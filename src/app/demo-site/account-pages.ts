import { moneyText } from '#domain/money.ts'
import type { Customer, Order, Shipment } from '#domain/order.ts'
import { type Html, html } from '../web/html.ts'
import type { Catalog } from './catalog.ts'
import { DEMO_CUSTOMERS } from './customers.ts'
import type { Page } from './layout.ts'

/** Order states in a shopper's words, and how they stand: on its way, done, or in need of attention. */
const STATES: Record<string, [words: string, tone: 'moving' | 'done' | 'trouble']> = {
  pending: ['Waiting for your payment', 'trouble'],
  payment_hold: ['Payment failed', 'trouble'],
  processing: ['Being packed', 'moving'],
  partially_shipped: ['Partly on its way', 'moving'],
  shipped: ['On its way', 'moving'],
  out_for_delivery: ['Arrives today', 'moving'],
  delayed: ['Delayed', 'trouble'],
  delivered: ['Delivered', 'done'],
  cancelled: ['Cancelled', 'done'],
  returned: ['Sent back', 'done'],
  refunded: ['Refunded', 'done'],
}
const CARRIERS: Record<string, string> = { dhl: 'DHL', dpd: 'DPD', ups: 'UPS' }

/** Whom to be in the demo, and who one is. `back`: the page to return to. */
export function accountPage(customers: Customer[], current: Customer | null): Page {
  const abouts = new Map<string, string>(DEMO_CUSTOMERS.map(({ id, about }) => [id, about]))
  return {
    title: 'Sign in',
    current: 'account',
    body: html`<h1>${current ? 'Your account' : 'Sign in'}</h1>
<p class="lead">Be one of the shop’s invented customers. The page then carries an identity token signed by the shop, so that the assistant may speak about their orders, and only theirs.</p>
<ul class="people">${customers.map(
      (
        customer,
      ) => html`<li><form method="post" action="/demo/sign-in"><h2>${customer.name}</h2><p>${abouts.get(customer.id)}</p>
<input type="hidden" name="customer" value="${customer.id}">
${customer.id === current?.id ? html`<p class="you">You are signed in as ${customer.name}.</p>` : html`<button class="button" type="submit">Sign in as ${customer.name}</button>`}</form></li>`,
    )}</ul>
${current && signOut()}`,
  }
}

/** The customer's orders, newest first. */
export function ordersPage(orders: Order[], customer: Customer): Page {
  return {
    title: 'My orders',
    current: 'orders',
    body: html`<h1>My orders</h1><p class="lead">Signed in as ${customer.name}, ${customer.email}.</p>
<ul class="orders">${orders.map(
      (
        order,
      ) => html`<li><a href="/demo/orders/${order.id}"><strong>${order.id}</strong> <span>${day(order.placedAt)}</span>
${state(order.status)}<span class="price">${moneyText({ amount: order.total, currency: order.currency }, 'en-IE')}</span></a></li>`,
    )}</ul>${orders.length === 0 && html`<p>No orders yet.</p>`}
<p><a href="/demo/account">Be somebody else</a></p>${signOut()}`,
  }
}

/** One order of the customer. */
export function orderPage(order: Order, catalog: Catalog): Page {
  const money = (amount: number) => moneyText({ amount, currency: order.currency }, 'en-IE')
  const slugs = new Map(
    catalog.departments.flatMap(({ categories }) =>
      categories.flatMap(({ articles }) =>
        articles.flatMap(({ versions }) => versions.map(({ slug, document }) => [document.sku, slug])),
      ),
    ),
  )
  const item = (sku: string, name: string) => {
    const slug = slugs.get(sku)
    return slug
      ? html`<a href="/demo/p/${slug}"><img src="/demo/images/${slug}.svg" alt="" width="64" height="64">${name}</a>`
      : html`${name}`
  }
  const { shippingAddress: address } = order
  return {
    title: `Order ${order.id}`,
    current: 'orders',
    body: html`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/demo/orders">My orders</a></li></ol></nav>
<h1>Order ${order.id}</h1><p>Placed on ${day(order.placedAt)}. Promised by ${day(order.promisedBy)}.</p>${state(order.status)}
<p class="actions"><button class="button" type="button" data-ask="Where is my order ${order.id}?" hidden>Where is it?</button></p>
<div class="scroll" tabindex="0"><table class="lines"><thead><tr><th scope="col">Item</th><th scope="col">Quantity</th><th scope="col">Price</th></tr></thead>
<tbody>${order.lines.map(({ sku, name, qty, unitPrice }) => html`<tr><td>${item(sku, name)}</td><td>${qty}</td><td>${money(unitPrice * qty)}</td></tr>`)}</tbody>
<tfoot><tr><th scope="row" colspan="2">Total with shipping</th><td>${money(order.total)}</td></tr></tfoot></table></div>
${order.shipments.map(parcel)}
${order.refunds.length > 0 && html`<h2>Refunds</h2><ul>${order.refunds.map(({ amount, status, createdAt }) => html`<li>${money(amount)}, ${status}, ${day(createdAt)}</li>`)}</ul>`}
<h2>Delivered to</h2><address>${address.name}<br>${address.line1}<br>${address.postalCode} ${address.city}, ${address.country}</address>`,
  }
}

function parcel({ carrier, tracking, status, eta, events }: Shipment): Html {
  return html`<section class="parcel"><h2>Parcel with ${CARRIERS[carrier] ?? carrier}</h2>
<p>${state(status)} <span>Number ${tracking}</span>${eta && html` <span>expected ${day(eta)}</span>`}</p>
<ol>${events.toReversed().map(({ at, description, location }) => html`<li><time datetime="${at}">${moment(at)}</time> ${description}${location && `, ${location}`}</li>`)}</ol></section>`
}

function signOut(): Html {
  return html`<form method="post" action="/demo/sign-out"><button class="button quiet" type="submit">Sign out</button></form>`
}

function state(status: string): Html {
  const [words, tone] = STATES[status] ?? [status.replaceAll('_', ' '), 'moving']
  return html`<span class="state ${tone}">${words}</span>`
}

function day(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Berlin' }).format(new Date(instant))
}

function moment(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Berlin',
  }).format(new Date(instant))
}
