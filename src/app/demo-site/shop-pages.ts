import type { AttributeValue } from '#domain/document.ts'
import { moneyText } from '#domain/money.ts'
import { type Html, html } from '../web/html.ts'
import type { Article, Catalog, Department, Product } from './catalog.ts'
import type { Page } from './layout.ts'
import { markdown } from './markdown.ts'

/** As the shop's data says it, in a shopper's words. */
const AVAILABILITY: Record<string, string> = {
  in_stock: 'In stock',
  low_stock: 'Only a few left',
  out_of_stock: 'Sold out',
  preorder: 'To pre-order',
}
const SHOWN_A_DEPARTMENT = 4

/** The shop's front page. */
export function homePage(catalog: Catalog, shopName: string): Page {
  return {
    title: shopName,
    description: 'Good things for the house and for going out of it.',
    body: html`<section class="hero">
<div>
<h1>Good things for the house, and for going out of it</h1>
<p>Cookware that outlives you, bikes for wet towns, and lamps that make evenings longer. From our own warehouse at the harbour.</p>
<p class="actions"><a class="button" href="/demo/c/kitchen">Look around</a> <button class="button quiet" type="button" data-ask="How long does delivery take?" hidden>Ask us something</button></p>
</div>
<img src="/demo/images/harbour.svg" alt="" width="640" height="420">
</section>
${catalog.departments.map(
  (department) => html`<section class="row" aria-labelledby="${department.slug}">
<div class="head"><h2 id="${department.slug}">${department.name}</h2><a href="/demo/c/${department.slug}">All of ${department.name}</a></div>
${cards(oneOfEach(department))}
</section>`,
)}`,
  }
}

/** A department with everything in it. */
export function departmentPage({ slug, name, categories }: Department): Page {
  const anchor = (category: string) => category.toLowerCase().replace(/[^a-z]+/g, '-')
  return {
    title: name,
    current: slug,
    body: html`<h1>${name}</h1>
<nav class="jump" aria-label="${name}"><ul>${categories.map((category) => html`<li><a href="#${anchor(category.name)}">${category.name}</a></li>`)}</ul></nav>
${categories.map(
  (category) => html`<section class="row" aria-labelledby="${anchor(category.name)}">
<div class="head"><h2 id="${anchor(category.name)}">${category.name}</h2></div>
${cards(category.articles)}
</section>`,
)}`,
  }
}

/** One product: what it is, costs, and whether it is there, as the shop's data says now. */
export function productPage(product: Product, article: Article, department: Department | null): Page {
  const { document, name, variant, slug } = product
  const { brand, ...attributes } = document.attributes ?? {}
  return {
    title: document.title,
    current: department?.slug ?? '',
    body: html`${department && html`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/demo">Shop</a></li><li><a href="/demo/c/${department.slug}">${department.name}</a></li></ol></nav>`}
<article class="product">
<img class="picture" src="/demo/images/${slug}.svg" alt="${document.image?.alt ?? name}" width="600" height="600">
<div class="facts">
${brand && html`<p class="brand-name">${wordsOf(brand)}</p>`}
<h1>${name}${variant && html` <small>${variant}</small>`}</h1>
<p class="price">${priceOf(product)} <span>incl. VAT</span></p>
${availability(document.availability)}
${versions(product, article)}
<div class="text">${markdown(document.text)}</div>
<p class="actions"><button class="button" type="button" data-ask="${`Is the ${document.title} in stock?`}" hidden>Ask about this product</button></p>
<p class="rules"><a href="/demo/help/shipping">Shipping</a> · <a href="/demo/help/returns">Returns</a> · <a href="/demo/help/warranty">Warranty</a></p>
</div>
<section class="details" aria-labelledby="details"><h2 id="details">Details</h2>
<dl>${Object.entries(attributes).map(([label, value]) => html`<div><dt>${label}</dt><dd>${wordsOf(value)}</dd></div>`)}
${document.sku && html`<div><dt>article number</dt><dd>${document.sku}</dd></div>`}</dl></section>
</article>`,
  }
}

/** One article of each category in turn, until a row is full. */
function oneOfEach({ categories }: Department): Article[] {
  const shown: Article[] = []
  for (let at = 0; shown.length < SHOWN_A_DEPARTMENT && at < SHOWN_A_DEPARTMENT; at++)
    for (const { articles } of categories) {
      const article = articles[at * 2]
      if (article && shown.length < SHOWN_A_DEPARTMENT) shown.push(article)
    }
  return shown
}

function cards(articles: Article[]): Html {
  return html`<ul class="cards">${articles.map(({ name, versions: [first, ...others] }) => {
    const differs = others.some((other) => priceOf(other) !== priceOf(first))
    const available = [first, ...others].find(({ document }) => document.availability === 'in_stock') ?? first
    return html`<li><a href="/demo/p/${first.slug}"><img src="/demo/images/${first.slug}.svg" alt="" width="300" height="300" loading="lazy"><span class="name">${name}</span><span class="price">${differs && 'from '}${priceOf(first)}</span></a>
${others.length > 0 && html`<span class="note">${others.length + 1} versions</span>`}${available.document.availability !== 'in_stock' && availability(available.document.availability)}</li>`
  })}</ul>`
}

function versions({ slug }: Product, article: Article): Html | null {
  if (article.versions.length < 2) return null
  return html`<nav class="versions" aria-label="Versions"><ul>${article.versions.map((version) =>
    version.slug === slug
      ? html`<li><a aria-current="page" href="/demo/p/${version.slug}">${version.variant}</a></li>`
      : html`<li><a href="/demo/p/${version.slug}">${version.variant}</a></li>`,
  )}</ul></nav>`
}

function availability(state: string | undefined): Html | null {
  return state === undefined ? null : html`<p class="stock ${state}">${AVAILABILITY[state] ?? state}</p>`
}

function priceOf({ document: { price } }: Product): string {
  return price ? moneyText(price, 'en-IE') : 'Price on request'
}

function wordsOf(value: AttributeValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? `${value.value} ${value.unit}` : String(value)
}
