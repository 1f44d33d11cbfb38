import { knowledgeIndex } from '#rag/knowledge-index.ts'
import { systemClock } from '#telemetry/clock.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { memoryChunkFeed } from '../test/fakes/memory-chunk-feed.ts'

/** The product's own index over what `memory` holds, built and ready; it takes in changes when asked to (`caughtUp`). */
export async function indexOf(
  memory: Pick<ReturnType<typeof memoryChunkFeed>, 'feed' | 'vectors'>,
  model: string,
  log: Log,
  signal: AbortSignal,
) {
  const index = await knowledgeIndex({
    feed: memory.feed,
    vectors: memory.vectors,
    notifications: null,
    model,
    clock: systemClock(),
    log,
  })
  await index.start(signal)
  return index
}
