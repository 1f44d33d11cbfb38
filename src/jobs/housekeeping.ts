import type { IdempotencyStore } from '#db/access/idempotency.port.ts'
import type { OperatorSessions } from '#db/access/operators/operator-sessions.port.ts'
import type { Sessions } from '#db/access/sessions.port.ts'
import type { Shop, Shops } from '#db/access/shops.port.ts'
import type { Retention } from '#db/background/retention.port.ts'
import type { ChallengeStore } from '#db/support/challenges.port.ts'
import type { MessageOutbox } from '#support/mail/mailer.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

const EVERY_MS = 3_600_000
const DAY_MS = 86_400_000
/** An expired session still tells whose the idempotency keys made with it are; those live for a day. */
const SESSIONS_KEPT_MS = DAY_MS
const MESSAGES_KEPT_MS = DAY_MS
/** Conversations expired in one transaction: few enough that shoppers' writes hardly wait. */
const BATCH = 200

export type HousekeepingParts = {
  shops: Pick<Shops, 'list'>
  retention: Retention
  sessions: Pick<Sessions, 'purge'>
  operatorSessions: Pick<OperatorSessions, 'purge'>
  idempotency: Pick<IdempotencyStore, 'purge'>
  challenges: Pick<ChallengeStore, 'purge'>
  outbox: Pick<MessageOutbox, 'tidy'>
  clock: Clock
  log: Log
}

/** Lets go of what is kept no longer, at a start and every hour from then on. */
export function housekeeping(parts: HousekeepingParts): Jobs {
  const pace = pacer(EVERY_MS, parts.clock)
  const keep = keepHouse(parts)
  return {
    async start() {
      pace.start(keep, (error) => parts.log.warn({ problem: String(error) }, 'housekeeping was not finished'))
    },
    close: () => pace.close(),
  }
}

/**
 * One round: conversations past their shop's `retentionDays`, expired sessions, idempotency keys and challenges, messages of the
 * demo outbox over a day old. A part that fails leaves the others to be done; the first failure is thrown at the end.
 */
export function keepHouse({
  shops,
  retention,
  sessions,
  operatorSessions,
  idempotency,
  challenges,
  outbox,
  clock,
  log,
}: HousekeepingParts) {
  return async (signal: AbortSignal): Promise<void> => {
    const at = clock.now()
    const before = (ms: number) => new Date(at.getTime() - ms)
    const failures: unknown[] = []
    const attempt = async (shop: string | null, what: string, work: () => Promise<number>) => {
      try {
        const removed = await work()
        if (removed > 0) log.info({ shop, what, removed }, 'kept no longer')
      } catch (error) {
        signal.throwIfAborted()
        failures.push(error)
      }
    }
    await attempt(null, 'outbox', () => outbox.tidy(before(MESSAGES_KEPT_MS), signal))
    for (const shop of await shops.list(signal)) {
      await attempt(shop.id, 'conversations', () => expireAll(shop, at, signal))
      await attempt(shop.id, 'challenges', () => challenges.purge(shop.id, at, signal))
      await attempt(shop.id, 'idempotency keys', () => idempotency.purge(shop.id, at, signal))
      await attempt(shop.id, 'operator sessions', () => operatorSessions.purge(shop.id, at, signal))
      await attempt(shop.id, 'sessions', () => sessions.purge(shop.id, before(SESSIONS_KEPT_MS), signal))
    }
    if (failures.length > 0) throw failures[0]
  }

  async function expireAll({ id, retentionDays }: Shop, at: Date, signal: AbortSignal): Promise<number> {
    const before = new Date(at.getTime() - retentionDays * DAY_MS)
    for (let expired = 0; ; ) {
      const batch = await retention.expire(id, before, at, BATCH, signal)
      expired += batch
      if (batch < BATCH) return expired
    }
  }
}
