import type { ErrorHandler } from 'hono'
import type { Log } from '#telemetry/log.port.ts'
import type { ApiEnv } from '../caller.ts'
import { faultOf, problemResponse } from '../problem.ts'

/** Turns whatever a request threw into problem+json, and logs it by who has to act. The only place in `api` that catches a Fault. */
export function faults(log: Log): ErrorHandler<ApiEnv> {
  return (error, context) => {
    const traceId = context.get('traceId') ?? ''
    const fault = faultOf(error)
    const fields = {
      traceId,
      code: fault.code,
      status: fault.status,
      method: context.req.method,
      path: context.get('endpoint')?.path ?? 'none',
    }
    if (context.req.raw.signal.aborted) log.info(fields, 'client went away')
    else if (fault.kind === 'user') log.info(fields, 'request refused')
    else if (fault.kind === 'retryable') log.warn(fields, 'request failed for now')
    else log.error({ ...fields, problem: stackOf(fault.cause ?? fault) }, 'request failed')
    return problemResponse(fault, traceId)
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
