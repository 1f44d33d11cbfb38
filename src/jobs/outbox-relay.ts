import type { Outbox } from '#db/background/outbox.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Queue } from '#queue/queue.port.ts'

const PAGE = 200

/**
 * Hands what committed transactions asked for to the queue, in order, each under its own id; only then is an entry forgotten.
 * A crash in between hands it over again, which the queue takes as known. Throws what the outbox and the queue throw.
 */
export function outboxRelay(outbox: Outbox, queue: Pick<Queue, 'add'>) {
  return async (shop: ShopId, signal: AbortSignal): Promise<number> => {
    for (let relayed = 0; ; ) {
      const entries = await outbox.pending(shop, PAGE, signal)
      for (const { id, name, payload } of entries) {
        await queue.add(name, payload, { jobId: id }, signal)
        await outbox.sent(shop, [id], signal)
      }
      relayed += entries.length
      if (entries.length < PAGE) return relayed
    }
  }
}
