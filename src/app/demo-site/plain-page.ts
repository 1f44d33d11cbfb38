import { type Html, html } from '../web/html.ts'

/** Where the instance serves a shop of its owner's, there is nothing to show but the widget, and how to put it into a page. */
export function plainPage({
  shopName,
  publicKey,
  address,
  stylesheet,
}: {
  shopName: string
  publicKey: string
  address: string
  stylesheet: string | undefined
}): Html {
  const tag = `<script src="${address}/widget.js" data-purser-key="${publicKey}" defer></script>`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${shopName}</title>
<link rel="icon" href="data:,">
${stylesheet && html`<link rel="stylesheet" href="${stylesheet}">`}
<script src="/widget.js" data-purser-key="${publicKey}" defer></script>
</head>
<body>
<main id="content" class="prose">
<h1>${shopName}</h1>
<p>The button in the corner is the widget your shoppers will see. It answers from what you have imported.</p>
<h2>Put it into your shop</h2>
<p>One tag in every page, anywhere in its head or body:</p>
<div class="scroll" tabindex="0"><pre><code>${tag}</code></pre></div>
<p>The address your pages are served from has to be among the allowed origins (<code>PURSER_ALLOWED_ORIGINS</code>). For shoppers who are signed in, add <code>data-identity-token</code> with a token your server signs.</p>
<p><a href="/docs">The HTTP contract</a></p>
</main>
</body>
</html>`
}
