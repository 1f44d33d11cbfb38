import { createHash } from 'node:crypto'
import type { OpenApiDocument } from './openapi.ts'

const STYLE = `:root{color-scheme:light dark;--line:#8884;--soft:#8881;--accent:#0b6e6e}@media(prefers-color-scheme:dark){:root{--accent:#5cc8c8}}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1rem 1.25rem 4rem}h1{margin:.5rem 0}h2{margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line)}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{background:var(--soft);padding:.75rem;overflow:auto;border-radius:6px}details{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;padding:.5rem .75rem}
summary{cursor:pointer}summary b{color:var(--accent);display:inline-block;min-width:4.5rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-top:1px solid var(--line)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}code{overflow-wrap:anywhere}a{color:var(--accent)}.who{opacity:.75}`

/** The page's policy allows exactly this style and nothing else. */
export const docsStyle = {
  policy: `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
}

type Schema = { $ref?: string; [member: string]: unknown }
type Operation = {
  tags?: string[]
  summary?: string
  description?: string
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { required?: boolean; content: Record<string, { schema?: Schema }> }
  responses?: Record<string, Answered | { $ref: string }>
}
type Answered = { description?: string; content?: Record<string, { schema?: Schema }> }

/** The contract as one page without scripts, made from the OpenAPI document. */
export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = (document.tags ?? []).map(({ name }) => name)
  const shared = (document.components?.responses ?? {}) as Record<string, Answered>
  const sections = tags.map(
    (tag) =>
      `<h2 id="${escaped(tag)}">${escaped(tag)}</h2>${operations
        .filter(({ operation }) => operation.tags?.includes(tag))
        .map((each) => operationHtml(each, shared))
        .join('')}`,
  )
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>).map(
    ([name, schema]) =>
      `<details id="schema-${escaped(name)}"><summary>${escaped(name)}</summary><pre>${escaped(JSON.stringify(schema, null, 2))}</pre></details>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Purser HTTP contract</title><style>${STYLE}</style></head><body>
<h1>Purser HTTP contract, version ${escaped(document.info.version)}</h1><p>${escaped(document.info.description ?? '')}</p>
<nav aria-label="Parts">${[...tags, 'Schemas'].map((tag) => `<a href="#${escaped(tag)}">${escaped(tag)}</a>`).join('')}<a href="/openapi.json">openapi.json</a></nav>
<main>${sections.join('')}<h2 id="Schemas">Schemas</h2>${schemas.join('')}</main></body></html>`
}

type Listed = { path: string; method: string; operation: Operation }

function operationHtml({ path, method, operation }: Listed, shared: Record<string, Answered>): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${escaped(place)}${required ? ', required' : ''}</td><td>${schemaHtml(schema)} ${escaped(description ?? '')}</td></tr>`,
  )
  const body = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>Body <code>${escaped(type)}</code>: ${schemaHtml(schema)}</p>`,
  )
  const responses = Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const { description, content }: Answered =
      '$ref' in response ? (shared[response.$ref.split('/').at(-1) ?? ''] ?? {}) : response
    return `<tr><td><code>${escaped(status)}</code></td><td>${escaped(description ?? '')}</td><td>${Object.entries(
      content ?? {},
    )
      .map(([type, { schema }]) => `${escaped(type)} ${schemaHtml(schema)}`)
      .join('<br>')}</td></tr>`
  })
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code> — ${escaped(operation.summary ?? '')} <span class="who">(${escaped(whoMay(operation))})</span></summary>
${operation.description ? `<p>${escaped(operation.description)}</p>` : ''}${parameters.length ? `<table><tr><th>Parameter</th><th>In</th><th>What</th></tr>${parameters.join('')}</table>` : ''}${body.join('')}
<table><tr><th>Status</th><th>When</th><th>Body</th></tr>${responses.join('')}</table></details>`
}

function whoMay({ security = [] }: Operation): string {
  const [first] = security
  if (!first) return 'anyone'
  if ('session' in first) return 'shopper session'
  return `API key: ${[...new Set([...(first.key ?? []), 'admin'])].join(', ')}`
}

function schemaHtml(schema: Schema | undefined): string {
  if (!schema) return ''
  const name = schema.$ref?.split('/').at(-1)
  return name
    ? `<a href="#schema-${escaped(name)}">${escaped(name)}</a>`
    : `<code>${escaped(JSON.stringify(schema))}</code>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
