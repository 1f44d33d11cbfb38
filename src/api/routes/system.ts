import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Metrics } from '#telemetry/metrics.port.ts'
import { type ApiEnv, signalOf } from '../caller.ts'
import { docsRoute, healthRoute, metricsRoute, openApiRoute, readyRoute } from '../contract/system.ts'
import { docsPage, docsStyle } from '../docs-page.ts'
import { openApiDocument } from '../openapi.ts'
import type { Readiness } from '../readiness.port.ts'

/** Health, readiness, metrics and the contract itself. */
export function systemRoutes(app: OpenAPIHono<ApiEnv>, readiness: Readiness, metrics: Metrics): void {
  app.openapi(healthRoute, (context) => context.json({ status: 'ok' as const }, 200))

  app.openapi(readyRoute, async (context) => {
    const { ready, mode, dependencies } = await readiness.check(signalOf(context))
    if (ready) return context.json({ status: 'ready' as const, mode, dependencies }, 200)
    return context.json({ status: 'not_ready' as const, mode, dependencies }, 503, { 'retry-after': '1' })
  })

  app.openapi(metricsRoute, async (context) =>
    context.text(await metrics.text(signalOf(context)), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  )
  app.openapi(openApiRoute, (context) => context.json({ ...openApiDocument() }, 200))
  app.openapi(
    docsRoute,
    (context) =>
      context.html(docsPage(openApiDocument()), 200, { 'content-security-policy': docsStyle.policy }) as never,
  )
}
