import { type Html, html } from './html.ts'

/** The console's shell: everything in it is drawn by its script. The same for its sign-in page, which reads its code from the address. */
export function consolePage(script: string, stylesheet: string | undefined): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Purser console</title>
<link rel="icon" href="data:,">
${stylesheet && html`<link rel="stylesheet" href="${stylesheet}">`}
<script type="module" src="${script}"></script>
</head>
<body>
<noscript>The console needs JavaScript.</noscript>
</body>
</html>`
}
