import type { MiddlewareHandler } from 'hono'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Metrics } from '#telemetry/metrics.port.ts'
import type { ApiEnv } from '../caller.ts'

/** Gives every request a trace id, on every response too; counts and times it. */
export function observed(clock: Clock, ids: Ids, metrics: Metrics, log: Log): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const traceId = ids.make('trc')
    const started = clock.elapsed()
    context.set('traceId', traceId)
    await next()
    context.res.headers.set('X-Trace-Id', traceId)
    const labels = {
      method: context.req.method,
      path: context.get('endpoint')?.path ?? 'none',
      status: String(context.res.status),
    }
    const seconds = (clock.elapsed() - started) / 1000
    metrics.count('purser_http_requests_total', labels)
    metrics.time('purser_http_request_seconds', seconds, { method: labels.method, path: labels.path })
    log.debug({ traceId, ...labels, ms: Math.round(seconds * 1000) }, 'request answered')
  }
}
