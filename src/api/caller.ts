import type { Context } from 'hono'
import type { ApiKey } from '#db/access/api-keys.port.ts'
import type { OperatorSession } from '#db/access/operators/operator-sessions.port.ts'
import type { Operator } from '#db/access/operators/operators.port.ts'
import type { Session } from '#db/access/sessions.port.ts'
import type { Claimer } from '#db/desk/handoffs.port.ts'
import type { Owner } from '#db/support/conversations.port.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import { Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Endpoint } from './contract/endpoint.ts'

export type Caller =
  | { kind: 'anonymous' }
  | { kind: 'shopper'; session: Session }
  | { kind: 'machine'; key: ApiKey }
  | { kind: 'operator'; operator: Operator; session: OperatorSession }

/** Who works at the desk: a person, or the key of a program that works in a person's place. */
export type DeskCaller = { shop: ShopId; operator: Claimer }

/** What the middleware puts beside a request. */
export type ApiEnv = {
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } }
  Variables: {
    traceId: string
    endpoint: Endpoint
    address: string
    caller: Caller
    secret: string
    /** Whether the caller would still be let in, for what outlives its request. Asking does not prolong a session. */
    stillAllowed(signal: AbortSignal): Promise<boolean>
    bodyHash?: string
  }
}
export type ApiContext = Context<ApiEnv>

/** The shopper's session. Throws Fault fatal when the route's contract lets others in too. */
export function sessionOf(context: Context<ApiEnv>): Session {
  const caller = context.get('caller')
  if (caller.kind !== 'shopper') throw wrongCaller()
  return caller.session
}

export function ownerOf(session: Session): Owner {
  return { shop: session.shop, session: session.id, customer: session.customer?.id ?? null }
}

/** The shop of the machine's key or of the operator. Throws like `sessionOf`. */
export function shopOf(context: Context<ApiEnv>): ShopId {
  return deskCallerOf(context).shop
}

/** Whose work an endpoint with a role does; a key appears with its own id and name. Throws like `sessionOf`. */
export function deskCallerOf(context: Context<ApiEnv>): DeskCaller {
  const caller = context.get('caller')
  if (caller.kind === 'operator') {
    const { id, name, shop } = caller.operator
    return { shop, operator: { id, name, operator: true } }
  }
  if (caller.kind !== 'machine') throw wrongCaller()
  const { id, name, shop } = caller.key
  return { shop, operator: { id, name } }
}

/** Who decides, for journal and audit; a key that gets this far has scope `admin`, and may what an admin may. Throws like `sessionOf`. */
export function actorOf(context: Context<ApiEnv>): Actor {
  const caller = context.get('caller')
  if (caller.kind === 'operator') {
    const { id, name, role } = caller.operator
    return { id, name, role }
  }
  if (caller.kind !== 'machine') throw wrongCaller()
  const { id, name, scope } = caller.key
  return { id, name, role: scope === 'admin' ? 'admin' : null }
}

/** Ends when the client goes away. */
export function signalOf(context: Context<ApiEnv>): AbortSignal {
  return context.req.raw.signal
}

/** One answer for what is not there and what is somebody else's. */
export function notFound(subject: string): Fault {
  return new Fault({
    kind: 'user',
    code: `api.${subject}.unknown`,
    message: `There is no such ${subject.replace('_', ' ')}.`,
    status: 404,
  })
}

/** A `clientMessageId` names one text of its conversation, whoever writes there. */
export function otherText(): Fault {
  return new Fault({
    kind: 'user',
    code: 'client_message_mismatch',
    message: 'This clientMessageId was used for another text in this conversation.',
    status: 409,
  })
}

function wrongCaller(): Fault {
  return new Fault({
    kind: 'fatal',
    code: 'api.caller.wrong',
    message: 'The route was reached by a caller it is not for.',
  })
}
