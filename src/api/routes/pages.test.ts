import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import { movableClock } from '../../../test/fakes/movable-clock.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import type { ApiEnv } from '../caller.ts'
import { faults } from '../middleware/faults.ts'
import type { PageRequest, PageResponse, Pages } from '../pages.port.ts'
import { pageRoutes } from './pages.ts'

const OWN = 'http://127.0.0.1:8787'

function bench(answer: PageResponse | null = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' }) {
  const asked: PageRequest[] = []
  const app = new OpenAPIHono<ApiEnv>()
  app.onError(faults(silentLog))
  const pages: Pages = {
    async respond(request) {
      asked.push(request)
      return answer
    },
  }
  pageRoutes(app, pages, { ownOrigins: () => [OWN], bodyMs: 50 }, movableClock())
  const send = (headers: Record<string, string>, body = 'customer=C-1&x=%26') =>
    app.request('/demo/sign-in', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
        ...headers,
      },
    })
  return { app, asked, send }
}

test('a page is asked for by its decoded path, and answered as it is', async () => {
  const { app, asked } = bench()
  const response = await app.request('/demo/p/caf%C3%A9', { headers: { cookie: 'a=b' } })
  expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([
    200,
    '<p>',
    'text/html',
  ])
  expect(asked.map(({ method, path, header, form }) => [method, path, header('cookie'), form.size])).toEqual([
    ['GET', '/demo/p/café', 'a=b', 0],
  ])
})

test('HEAD has the headers without the body', async () => {
  const response = await bench().app.request('/widget.js', { method: 'HEAD' })
  expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([200, '', 'text/html'])
})

test('what is not there is a problem with its code', async () => {
  const response = await bench(null).app.request('/widget/panel-OLD.js')
  expect([response.status, await response.json()]).toMatchObject([404, { code: 'api.page.unknown' }])
})

test('304 and 303 go out without a body', async () => {
  for (const status of [304, 303])
    expect((await bench({ status, headers: {}, body: '' }).app.request('/demo')).body).toBeNull()
})

test.each([
  ['from our origin', { origin: OWN }],
  ['from a page of ours that sends no referrer', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
])('a form %s is read', async (_where, headers) => {
  const { send, asked } = bench()
  expect((await send(headers as Record<string, string>)).status).toBe(200)
  expect([...(asked[0]?.form ?? [])]).toEqual([
    ['customer', 'C-1'],
    ['x', '&'],
  ])
})

test.each([
  ['from another origin', { origin: 'https://evil.example' }],
  ['from another site', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
])('a form %s is refused', async (_where, headers) => {
  const { send, asked } = bench()
  const response = await send(headers as Record<string, string>)
  expect([response.status, await response.json(), asked]).toMatchObject([403, { code: 'api.origin.refused' }, []])
})

test('a form that is too large is refused unread', async () => {
  const response = await bench().send({ origin: OWN }, `customer=${'x'.repeat(5_000)}`)
  expect([response.status, await response.json()]).toMatchObject([413, { code: 'api.body.too_large' }])
})

test('a form that never ends is cut off', async () => {
  const { app, asked } = bench()
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('customer=')) })
  const headers = { origin: OWN, 'content-length': '12' }
  const response = await app.request('/demo/sign-in', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  expect([response.status, await response.json(), asked]).toMatchObject([408, { code: 'api.body.too_slow' }, []])
})
