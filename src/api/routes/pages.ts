import type { OpenAPIHono } from '@hono/zod-openapi'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiContext, type ApiEnv, signalOf } from '../caller.ts'
import { demoFormRoute, PAGE_ROUTES } from '../contract/pages.ts'
import { readBody } from '../middleware/body.ts'
import type { PageRequest, Pages } from '../pages.port.ts'
import type { ApiSettings } from '../settings.ts'

/** A form of a few fields; the largest is the address of a page. */
const FORM_BYTES = 4_096

/** The widget, the console and the demo shop, as `pages` has them. Throws Fault user `api.page.unknown` (404) where it has nothing. */
export function pageRoutes(
  app: OpenAPIHono<ApiEnv>,
  pages: Pages,
  settings: Pick<ApiSettings, 'ownOrigins' | 'bodyMs'>,
  clock: Clock,
): void {
  for (const route of PAGE_ROUTES)
    app.on(route.method.toUpperCase(), route.path.replace(/\{(\w+)\}/g, ':$1'), async (context) => {
      const form = route === demoFormRoute ? await formOf(context, settings, clock) : new Map<string, string>()
      return respond(pages, context, route === demoFormRoute ? 'POST' : 'GET', form)
    })
}

async function respond(
  pages: Pages,
  context: ApiContext,
  method: PageRequest['method'],
  form: ReadonlyMap<string, string>,
): Promise<Response> {
  const path = decodeURIComponent(new URL(context.req.url).pathname)
  const request = { method, path, header: (name: string) => context.req.header(name), form }
  const found = await pages.respond(request, signalOf(context))
  if (!found)
    throw new Fault({ kind: 'user', code: 'api.page.unknown', message: 'There is no such page or file.', status: 404 })
  const hasNoBody = found.status === 304 || found.status === 303
  return new Response(hasNoBody ? null : found.body, { status: found.status, headers: found.headers })
}

/** The fields of a form one of our own pages sent. Throws Fault user `api.origin.refused` (403), and what `readBody` throws. */
async function formOf(
  context: ApiContext,
  { ownOrigins, bodyMs }: Pick<ApiSettings, 'ownOrigins' | 'bodyMs'>,
  clock: Clock,
): Promise<ReadonlyMap<string, string>> {
  if (!isOwn(context, ownOrigins()))
    throw new Fault({
      kind: 'user',
      code: 'api.origin.refused',
      message: 'This form is sent by our own pages only.',
      status: 403,
    })
  const { body, signal } = context.req.raw
  const bytes = body ? await readBody(body, FORM_BYTES, clock.deadline(bodyMs, signal)) : new Uint8Array()
  return new Map(new URLSearchParams(new TextDecoder().decode(bytes)))
}

/** Our pages send no referrer, and then browsers write `null` for the origin of a form; Sec-Fetch-Site tells ours from others. */
function isOwn({ req }: ApiContext, own: string[]): boolean {
  const site = req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = req.header('origin')
  return origin === undefined || origin === 'null' || own.includes(origin)
}
