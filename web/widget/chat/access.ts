import { tryReadJson } from '#domain/foreign-json.ts'
import type { ShopperClient } from '../../api-client/client.ts'
import { isRecord, type Reply } from '../../api-client/reply.ts'
import type { Board } from './board.ts'
import { EMPTY } from './board.ts'
import type { ChatPorts } from './browser.port.ts'
import type { Kept, KeptSession } from './kept.ts'
import { isCode } from './sending/failures.ts'

/** A session with less left than this is renewed before it is used, in milliseconds. */
const SPARE_MS = 30_000

export type Access = {
  /** Calls with a session, opening one where there is none or the one there is was refused. */
  call<Value>(work: (shopper: ShopperClient) => Promise<Reply<Value>>): Promise<Reply<Value>>
  /** The same within the conversation, opening that too. One the server does not have any more is begun anew. */
  inConversation<Value>(
    work: (shopper: ShopperClient, conversation: string) => Promise<Reply<Value>>,
  ): Promise<Reply<Value>>
  /** Leaves the conversation that was kept; `why` is told to the shopper. */
  beginAnew(why: Board['facts']['begunAnew']): void
  /** Notices who is signed in; when it is somebody else than before, what is shown and on its way is left. */
  checkIdentity(): void
}

/** Sessions and conversations, each opened when first needed and once for all tabs. */
export function access(
  ports: ChatPorts,
  kept: Kept,
  board: Board,
  events: { switched(): void },
  lifetime: AbortSignal,
): Access {
  const { client, tabs, clock, ids } = ports

  const self: Access = {
    async call(work) {
      for (let attempt = 1; ; attempt += 1) {
        const session = await opened()
        if (session.outcome !== 'ok') return session
        const reply = await work(client.shopper(session.value.token))
        if (!isCode(reply, 401) || attempt > 1) return reply
        expire(session.value)
      }
    },
    async inConversation(work) {
      for (let attempt = 1; ; attempt += 1) {
        const reply = await self.call(async (shopper) => {
          const conversation = await conversationOf(shopper)
          return conversation.outcome === 'ok' ? work(shopper, conversation.value.id) : conversation
        })
        const gone = isCode(reply, 410) || isCode(reply, 404, /^api\.conversation\./)
        if (!gone || attempt > 1) return reply
        self.beginAnew('expired')
      }
    },
    beginAnew(why) {
      const had = kept.conversation()?.id ?? null
      kept.keepConversation(null)
      // Questions on their way are asked again where the conversation goes on.
      const { outgoing } = board.facts
      board.set({ ...EMPTY, outgoing, begunAnew: had !== null || why === 'erased' ? why : null })
    },
    checkIdentity() {
      const subject = subjectOf(ports.identityToken())
      const session = kept.session()
      kept.as(subject)
      if (!session || session.subject === subject) return
      kept.keepSession(null)
      for (const { id } of kept.outgoing()) kept.dropOutgoing(id)
      const told = board.facts.lines.length > 0
      board.set({ ...EMPTY, customer: null, begunAnew: told ? 'identity' : null })
      events.switched()
    },
  }
  return self

  function usable(): KeptSession | null {
    const session = kept.session()
    if (!session) return null
    return new Date(session.expiresAt).getTime() > clock.now().getTime() + SPARE_MS ? session : null
  }

  async function opened(): Promise<Reply<KeptSession>> {
    self.checkIdentity()
    const session = usable()
    if (session) return { outcome: 'ok', value: session }
    return alone(async () => {
      const other = usable()
      return other ? { outcome: 'ok', value: other } : open()
    })
  }

  async function open(): Promise<Reply<KeptSession>> {
    const identityToken = ports.identityToken()
    const consent = kept.consent()
    const request = {
      ...(ports.locale ? { locale: ports.locale } : {}),
      ...(consent === null ? {} : { consent: { version: consent } }),
    }
    let reply = await client.openSession({ ...request, ...(identityToken ? { identityToken } : {}) }, lifetime)
    // A token the shop forgot to renew must not keep the shopper from asking: as a guest they can.
    if (identityToken && isCode(reply, 401, /^api\.identity_token\./))
      reply = await client.openSession(request, lifetime)
    if (reply.outcome !== 'ok') return reply
    const { token, expiresAt, customer } = reply.value
    const session = {
      token,
      expiresAt,
      subject: subjectOf(identityToken),
      customer: customer && { name: customer.name },
    }
    // A guest's conversation belongs to the session that has ended; a customer's to the customer.
    if (kept.conversation() && !customer) self.beginAnew('expired')
    kept.keepSession(session)
    board.set({ customer: session.customer })
    return { outcome: 'ok', value: session }
  }

  /** Another tab may have renewed it meanwhile; that one stays. The time in the past makes the next look open one. */
  function expire(session: KeptSession): void {
    if (kept.session()?.token === session.token) kept.keepSession({ ...session, expiresAt: new Date(0).toISOString() })
  }

  async function conversationOf(shopper: ShopperClient): Promise<Reply<{ id: string }>> {
    const known = kept.conversation()
    if (known?.id) return { outcome: 'ok', value: { id: known.id } }
    return alone(async () => {
      const { key, id } = kept.conversation() ?? { key: ids.make(), id: null }
      if (id) return { outcome: 'ok', value: { id } }
      kept.keepConversation({ key, id: null })
      const reply = await shopper.openConversation(key, lifetime)
      if (reply.outcome === 'ok') kept.keepConversation({ key, id: reply.value.id })
      return reply
    })
  }

  async function alone<Value>(work: () => Promise<Reply<Value>>): Promise<Reply<Value>> {
    try {
      return await tabs.exclusively(`${ports.publicKey}:open`, work, lifetime)
    } catch (error) {
      if (lifetime.aborted) return { outcome: 'aborted' }
      throw error
    }
  }
}

/** Who a token says it is about, unverified: the server alone believes it or not. */
function subjectOf(identityToken: string | null): string | null {
  const payload = identityToken?.split('.')[1]
  if (!payload) return null
  try {
    const claims = tryReadJson(atob(payload.replace(/-/g, '+').replace(/_/g, '/')))
    return isRecord(claims) && typeof claims.sub === 'string' ? claims.sub : identityToken
  } catch {
    return identityToken
  }
}
