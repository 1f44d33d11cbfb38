import { z } from '@hono/zod-openapi'
import { endpoint, type Guard } from './endpoint.ts'

const PAGE: Guard = { access: 'public', rate: 'none', body: 'none', idempotent: false }
/** A form of the demo shop: read by its handler, since it is not JSON. */
const FORM: Guard = { access: 'public', rate: 'sessions', body: 'stream', idempotent: false }

const text = z.string()
const HTML = { 200: { description: 'A page', content: { 'text/html': { schema: text } } } }
const SCRIPT = { 200: { description: 'A script', content: { 'text/javascript': { schema: text } } } }
const FILE = { 200: { description: 'A file', content: { '*/*': { schema: text } } } }
const segments = (...names: string[]) => ({ params: z.object(Object.fromEntries(names.map((name) => [name, text]))) })

export const rootRoute = endpoint(PAGE, {
  method: 'get',
  path: '/',
  tags: ['Pages'],
  summary: 'Leads to the demo shop',
  responses: { 303: { description: 'See /demo' } },
})

export const widgetRoute = endpoint(PAGE, {
  method: 'get',
  path: '/widget.js',
  tags: ['Pages'],
  summary: 'The widget’s script: one tag puts the chat into a page of any origin',
  responses: SCRIPT,
})

/** What the script fetches; names carry a hash of their content and never change. */
export const widgetFileRoute = endpoint(PAGE, {
  method: 'get',
  path: '/widget/{file}',
  tags: ['Pages'],
  summary: 'A part of the widget, fetched by its script',
  request: segments('file'),
  responses: SCRIPT,
  problems: [404],
})

export const widgetTextsRoute = endpoint(PAGE, {
  method: 'get',
  path: '/widget/{folder}/{file}',
  tags: ['Pages'],
  summary: 'The widget’s texts in one language',
  request: segments('folder', 'file'),
  responses: FILE,
  problems: [404],
})

export const demoRoute = endpoint(PAGE, {
  method: 'get',
  path: '/demo',
  tags: ['Pages'],
  summary: 'The demo shop with the widget in it',
  responses: HTML,
})

const demoPage = (path: string, ...names: string[]) =>
  endpoint(PAGE, {
    method: 'get',
    path,
    tags: ['Pages'],
    summary: 'A page, picture or stylesheet of the demo shop',
    request: segments(...names),
    responses: FILE,
    problems: [404],
  })
export const demoPageRoutes = [
  demoPage('/demo/{page}', 'page'),
  demoPage('/demo/{page}/{item}', 'page', 'item'),
  demoPage('/demo/{page}/{item}/{part}', 'page', 'item', 'part'),
]

export const demoFormRoute = endpoint(FORM, {
  method: 'post',
  path: '/demo/{page}',
  tags: ['Pages'],
  summary: 'Sign in to the demo shop as one of its customers, or out',
  request: segments('page'),
  responses: { 303: { description: 'See the page it leads to' } },
  problems: [403, 404],
})

export const consoleRoute = endpoint(PAGE, {
  method: 'get',
  path: '/console',
  tags: ['Pages'],
  summary: 'The console for the shop’s people',
  responses: HTML,
})

export const consoleFileRoute = endpoint(PAGE, {
  method: 'get',
  path: '/console/{file}',
  tags: ['Pages'],
  summary: 'A page, script or stylesheet of the console',
  request: segments('file'),
  responses: FILE,
  problems: [404],
})

/** In the order they are matched. */
export const PAGE_ROUTES = [
  rootRoute,
  widgetRoute,
  widgetFileRoute,
  widgetTextsRoute,
  demoRoute,
  ...demoPageRoutes,
  demoFormRoute,
  consoleRoute,
  consoleFileRoute,
]
