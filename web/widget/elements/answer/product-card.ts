import { html, nothing, type TemplateResult } from 'lit/html.js'
import { moneyText } from '#domain/money.ts'
import type { ProductCard } from '../../../api-client/shapes.ts'
import { laterIcon } from '../conversation/later-icons.ts'
import type { TextKey } from '../language/wording.ts'
import type { View } from '../view.ts'
import { ago } from './ago.ts'

/** Shown at first; the rest on demand. Source: W17. */
const FIRST = 5
const STOCK: Record<string, TextKey> = {
  in_stock: 'in_stock',
  low_stock: 'low_stock',
  out_of_stock: 'out_of_stock',
  preorder: 'preorder',
}

/** The products of an answer, the first five until `all` are wished. */
export function productCards(products: ProductCard[], all: boolean, showAll: () => void, view: View): TemplateResult {
  const rest = products.length - FIRST
  return html`<section class="products" aria-label=${view.say('products')}>
    <ul>${(all ? products : products.slice(0, FIRST)).map((product) => html`<li>${productCard(product, view)}</li>`)}</ul>
    ${rest > 0 && !all ? html`<button type="button" class="quiet" @click=${showAll}>${view.say('more_products', { count: rest })}</button>` : nothing}
  </section>`
}

function productCard(product: ProductCard, view: View): TemplateResult {
  const href = view.link(product.url)
  const stock = product.availability
  return html`<article class="product" part="card product">
    ${picture(product, view)}
    <div class="about">
      <h3>${href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${product.title}</a>` : product.title}</h3>
      ${product.price ? html`<p class="price">${moneyText(product.price, view.locale)}</p>` : nothing}
      <p class="stock" data-stock=${stock ?? nothing}>
        ${stock ? html`<span class="dot" aria-hidden="true"></span><span class="word">${STOCK[stock] ? view.say(STOCK[stock]) : stock}</span>` : nothing}
        <span class="as-of">${asOf(product.asOf, view)}</span>
      </p>
    </div>
  </article>`
}

function picture({ image }: ProductCard, view: View): TemplateResult {
  const source = view.link(image?.url ?? null)
  // A picture that cannot be loaded leaves its box and the figure behind it; nothing moves.
  return html`<div class="picture">${laterIcon('box')}${
    source && image
      ? html`<img src=${source} alt=${image.alt} width="72" height="72" loading="lazy" decoding="async" @error=${hide} @load=${show} />`
      : nothing
  }</div>`
}

function asOf(at: string, view: View) {
  const [before, after] = view.say('as_of', { when: '\u0000' }).split('\u0000')
  return html`${before}${ago(at, view)}${after}`
}

function hide({ target }: Event): void {
  if (target instanceof HTMLImageElement) target.classList.add('failed')
}

function show({ target }: Event): void {
  if (target instanceof HTMLImageElement) target.classList.remove('failed')
}
