import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ShopId } from '#domain/ids.ts'
import type { Desk } from '#support/desk/desk.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, deskCallerOf, signalOf } from '../../caller.ts'
import { liveRoute } from '../../contract/operations/live.ts'
import { eventStream } from '../../event-stream.ts'
import { problemBody } from '../../problem.ts'

/** GET /v1/live: what happens at the desk, until either side goes away. */
export function deskLive(
  app: OpenAPIHono<ApiEnv>,
  desk: Pick<Desk, 'follow'>,
  stream: { heartbeatMs: number; clock: Clock },
  lifetime: AbortSignal,
): void {
  app.openapi(liveRoute, async (context) => {
    const { shop } = deskCallerOf(context)
    const traceId = context.get('traceId')
    const settings = {
      ...stream,
      stillAllowed: context.get('stillAllowed'),
      onFault: (fault: Parameters<typeof problemBody>[0]) => problemBody(fault, traceId),
    }
    return eventStream((signal) => numbered(shop, signal), settings, signalOf(context), lifetime) as never
  })

  /** The numbers resume nothing: after a connect everything is read anew. */
  async function* numbered(shop: ShopId, signal: AbortSignal) {
    let number = 0
    for await (const { event, data } of desk.follow(shop, signal)) yield { id: String(++number), event, data }
  }
}
