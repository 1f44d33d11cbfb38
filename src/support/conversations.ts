import type { Session } from '#db/access/sessions.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { HandoffStore, NewHandoff } from '#db/desk/handoffs.port.ts'
import type { ConversationEvent, ConversationStore, Owner, Transcript } from '#db/support/conversations.port.ts'
import { Fault } from '#domain/fault.ts'
import type { ConversationId } from '#domain/ids.ts'
import { masked } from '#domain/masking.ts'
import { expectedReplyBy } from '#domain/opening-hours.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Bells } from './bells.ts'
import type { Conversations } from './conversations.port.ts'

/** Events read from the store at once. */
const PAGE = 200
/** How long a follower trusts that no knock means nothing happened. */
const LOOK_AGAIN_MS = 15_000

export type ConversationPorts = {
  store: ConversationStore
  handoffs: HandoffStore
  shops: Shops
  bells: Bells
  clock: Clock
  ids: Ids
}

/** Conversations over their store; what shoppers write is masked before it is stored. */
export function conversations({ store, handoffs, shops, bells, clock, ids }: ConversationPorts): Conversations {
  return {
    open: (owner, creationKey, signal) =>
      store.create(owner, { id: ids.make('cnv'), creationKey, at: clock.now() }, signal),
    transcript: (owner, id, signal) => store.transcript(owner, id, signal),
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
      const transcript = await store.transcript(owner, id, signal)
      if (!transcript) return null
      const handoff = await handoffs.open(owner, id, await newHandoff(session, transcript, wish, signal), signal)
      return (
        handoff && {
          id: handoff.id,
          reason: handoff.reason,
          status: handoff.status,
          expectedReplyBy: handoff.dueAt.toISOString(),
        }
      )
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
    transcript: Transcript,
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
    const asked = transcript.messages.filter(({ role }) => role === 'shopper').at(-1)
    return {
      id: ids.make('hnd'),
      reason: 'requested',
      queue: shop.support.queue,
      dueAt: expectedReplyBy(at, shop.support),
      contact: wish.contact,
      at,
      packet: {
        question: reason ?? asked?.text ?? null,
        transcript: transcript.messages.map(({ role, text, at: said }) => ({ role, text, at: said.toISOString() })),
        identity: {
          customerId: session.customer?.id ?? null,
          name: session.customer?.name ?? null,
          email: session.customer?.email ?? null,
          contact: wish.contact,
        },
        orders: transcript.messages.flatMap(({ answer }) => answer?.orders ?? []),
        retrieved: transcript.messages.flatMap(({ answer }) => answer?.citations ?? []),
        tried: [],
        reason: 'requested',
        summary: reason,
        suggestedReply: null,
      },
    }
  }
}

function ownerOf(session: Session): Owner {
  return { shop: session.shop, session: session.id, customer: session.customer?.id ?? null }
}
