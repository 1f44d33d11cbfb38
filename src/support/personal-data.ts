import type { PersonalData } from '#db/support/personal-data.port.ts'
import type { MessageOutbox } from './mail/mailer.port.ts'

/** Export and erasure over the database and the outbox of messages: what was written to an erased shopper goes too. */
export function personalData(store: PersonalData, outbox: Pick<MessageOutbox, 'forget'>): PersonalData {
  return {
    ...store,
    async erase(owner, at, ownKey, signal) {
      // Asked first: afterwards nobody knows the addresses any more.
      const whose = await store.reachedAt(owner, signal)
      const counts = await store.erase(owner, at, ownKey, signal)
      // Not the caller's signal: what has begun is finished, also when they have gone.
      await outbox.forget(whose, new AbortController().signal)
      return counts
    },
  }
}
