import type { Customer } from '#domain/order.ts'
import { type Html, html } from '../web/html.ts'
import { type Department, SHOP_ORIGIN } from './catalog.ts'

/** What every page of the shop is drawn with. */
export type Frame = {
  shopName: string
  publicKey: string
  departments: Department[]
  customer: Customer | null
  /** For `customer`; null for guests. */
  identityToken: string | null
  stylesheet: string | undefined
  script: string | undefined
}

export type Page = { title: string; locale?: string; current?: string; description?: string; body: Html }

const WORDS = {
  en: { skip: 'Skip to content', help: 'Help', orders: 'My orders', signIn: 'Sign in', departments: 'Departments' },
  de: {
    skip: 'Zum Inhalt',
    help: 'Hilfe',
    orders: 'Meine Bestellungen',
    signIn: 'Anmelden',
    departments: 'Abteilungen',
  },
}

/** A whole page of the demo shop, with the widget in it as a shop would have it. */
export function framed(frame: Frame, { title, locale = 'en', current = '', description, body }: Page): Html {
  const { shopName, departments, customer } = frame
  const words = locale === 'de' ? WORDS.de : WORDS.en
  const help = locale === 'de' ? '/demo/de/hilfe' : '/demo/help'
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${description && html`<meta name="description" content="${description}">`}
<title>${title === shopName ? title : `${title} · ${shopName}`}</title>
<link rel="icon" href="/demo/images/mark.svg" type="image/svg+xml">
${frame.stylesheet && html`<link rel="stylesheet" href="${frame.stylesheet}">`}
${frame.script && html`<script type="module" src="${frame.script}"></script>`}
${widgetTag(frame, locale)}
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header>
<p class="notice">A demo shop: everything in it is invented, nothing can be bought.</p>
<div class="top">
<a class="brand" href="/demo"><img src="/demo/images/mark.svg" alt="" width="40" height="40"><span>${shopName}</span></a>
<nav class="departments" aria-label="${words.departments}"><ul>
${departments.map(({ slug, name }) => html`<li><a href="/demo/c/${slug}"${current === slug && html` aria-current="page"`}>${name}</a></li>`)}
</ul></nav>
<nav class="service" aria-label="Service"><ul>
<li><a href="${help}"${current === 'help' && html` aria-current="page"`}>${words.help}</a></li>
${
  customer
    ? html`<li><a href="/demo/orders"${current === 'orders' && html` aria-current="page"`}>${words.orders}</a></li>`
    : html`<li><a href="/demo/account"${current === 'account' && html` aria-current="page"`}>${words.signIn}</a></li>`
}
</ul></nav>
</div>
</header>
<main id="content" tabindex="-1">
${body}
</main>
<footer class="bottom">
<p>${shopName} is the invented shop that comes with Purser. The button in the corner is Purser’s widget: ask it about a product, an order or a rule of the shop.</p>
<ul>
<li><a href="/demo/help/returns">Returns</a></li>
<li><a href="/demo/help/shipping">Shipping</a></li>
<li><a href="/demo/help/privacy">Privacy</a></li>
<li><a href="/demo/de/hilfe" lang="de" hreflang="de">Deutsche Hilfe</a></li>
<li><a href="/docs">HTTP contract</a></li>
</ul>
</footer>
</body>
</html>`
}

/** The one tag a shop puts into its pages. */
function widgetTag({ publicKey, identityToken, customer }: Frame, locale: string): Html {
  const spoken = locale === 'en' && customer ? customer.locale : locale
  return html`<script src="/widget.js" data-purser-key="${publicKey}" data-locale="${spoken}" data-site-rewrite="${`${SHOP_ORIGIN}=/demo`}"${identityToken && html` data-identity-token="${identityToken}"`} defer></script>`
}
