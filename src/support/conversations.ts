import type { Session } from '#db/access/sessions.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { HandoffMaterial, HandoffStore, NewHandoff } from '#db/desk/handoffs.port.ts'
import type { Readers } from '#db/desk/mail/readers.port.ts'
import type { ConversationEvent, ConversationStore, Owner } from '#db/support/conversations.port.ts'
import { Fault } from '#domain/fault.ts'
import type { ConversationId } from '#domain/ids.ts'
import { masked } from '#domain/masking.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Bells } from './bells.ts'
import type { Conversations } from './conversations.port.ts'
import { noticeOf } from './desk/notice.ts'
import { packetOf } from './desk/packet.ts'

/** Events read from the store at once. */
const PAGE = 200
/** How long a follower trusts that no knock means nothing happened. */
const LOOK_AGAIN_MS = 15_000

export type ConversationPorts = {
  store: ConversationStore
  handoffs: HandoffStore
  readers: Readers
  shops: Shops
  bells: Bells
  clock: Clock
  ids: Ids
}

/** Conversations over their store; what shoppers write is masked before it is stored. */
export function conversations({
  store,
  handoffs,
  readers,
  shops,
  bells,
  clock,
  ids,
}: ConversationPorts): Conversations {
  return {
    open: (owner, creationKey, signal) =>
      store.create(owner, { id: ids.make('cnv'), creationKey, at: clock.now() }, signal),
    transcript: store.transcript,
    seen: (owner, id, upTo, signal) => readers.seen(owner, id, upTo, clock.now(), signal),
    async follow(owner, id, after, signal) {
      const bell = bells.listen(id)
      try {
        const first = await store.events(owner, id, after, PAGE, signal)
        if (first) return follow(owner, id, after, first, signal)
      } finally {
        bell.stop()
      }
      return null
    },
    async askForPerson(session, id, wish, signal) {
      const owner = ownerOf(session)
      const material = await handoffs.material(session.shop, id, signal)
      // Whose conversation it is, the store checks when it opens the hand-over.
      const opened = material && (await newHandoff(session, material, wish, signal))
      const handoff = opened && (await handoffs.open(owner, id, opened, signal))
      return handoff && noticeOf(handoff)
    },
    rate(owner, message, { helpful, reason, comment }, signal) {
      const told = {
        helpful,
        reason: reason === null ? null : masked(reason),
        comment: comment === null ? null : masked(comment),
      }
      return store.rate(owner, message, { id: ids.make('fbk'), ...told, at: clock.now() }, signal)
    },
  }

  async function* follow(
    owner: Owner,
    id: ConversationId,
    after: number,
    first: ConversationEvent[],
    signal: AbortSignal,
  ): AsyncGenerator<ConversationEvent> {
    const bell = bells.listen(id)
    try {
      let events: ConversationEvent[] | null = first
      let last = after
      while (events) {
        yield* events
        last = events.at(-1)?.sequence ?? last
        // Also after the first page: something may have happened before this bell was listened to.
        events = await store.events(owner, id, last, PAGE, signal)
        if (events?.length === 0) {
          await bell.rung(LOOK_AGAIN_MS, signal)
          events = await store.events(owner, id, last, PAGE, signal)
        }
      }
    } finally {
      bell.stop()
    }
  }

  async function newHandoff(
    session: Session,
    material: HandoffMaterial,
    wish: { reason: string | null; contact: string | null },
    signal: AbortSignal,
  ): Promise<NewHandoff> {
    const shop = await shops.get(session.shop, signal)
    if (!shop)
      throw new Fault({
        kind: 'fatal',
        code: 'support.shop.unknown',
        message: 'The shop of this session does not exist.',
      })
    const at = clock.now()
    const reason = wish.reason === null ? null : masked(wish.reason)
    const asked = material.transcript.filter(({ role }) => role === 'shopper').at(-1)
    const { support: hours } = shop
    const contact = wish.contact?.trim() || null
    const packet = packetOf(
      { ...material, identity: identityOf(session), provenOrders: session.unlockedOrders },
      { question: reason ?? asked?.text ?? null, contact, reason: 'requested', run: null },
    )
    return { id: ids.make('hnd'), reason: 'requested', queue: hours.queue, hours, contact, packet, at }
  }
}

/** The session that asks may be a newer one of the same customer than the one the conversation began in. */
function identityOf({ customer }: Session) {
  return { customerId: customer?.id ?? null, name: customer?.name ?? null, email: customer?.email ?? null }
}

function ownerOf(session: Session): Owner {
  return { shop: session.shop, session: session.id, customer: session.customer?.id ?? null }
}
