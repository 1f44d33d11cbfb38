import type { Shops } from '#db/access/shops.port.ts'
import type { Questions } from '#support/questions.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

/** A question whose process or database went away waits no longer than this for the next look (and for the hold to run out). */
const LOOK_EVERY_MS = 30_000

export type LeftQuestionsParts = {
  questions: Pick<Questions, 'resume'>
  shops: Pick<Shops, 'list'>
  clock: Clock
  log: Log
}

/** Sees to it that every accepted question gets its answer, at a start and from then on, without being asked again. */
export function leftQuestions({ questions, shops, clock, log }: LeftQuestionsParts): Jobs {
  const looking = pacer(LOOK_EVERY_MS, clock)

  async function resumeAll(signal: AbortSignal): Promise<void> {
    for (const { id } of await shops.list(signal)) {
      const conversations = await questions.resume(id, signal)
      if (conversations > 0) log.info({ shop: id, conversations }, 'left questions were taken up')
    }
  }

  return {
    async start() {
      looking.start(resumeAll, (error) => log.warn({ problem: String(error) }, 'left questions could not be taken up'))
    },
    close: () => looking.close(),
  }
}
