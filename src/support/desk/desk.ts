import type { DeskKnocks } from '#db/desk/desk-knocks.port.ts'
import type { HandoffStore } from '#db/desk/handoffs.port.ts'
import { masked } from '#domain/masking.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Background } from '../background.ts'
import type { Questions } from '../questions.port.ts'
import type { Desk } from './desk.port.ts'
import { followDesk } from './live.ts'

/** A shopper who is not back for a reply after this long gets it by e-mail, with all that was written by then. */
const MAIL_AFTER_MS = 60_000
/** What waited longer for a person is not answered by the assistant out of the blue. */
const ANSWER_SINCE_MS = 10 * 60_000

export type DeskPorts = {
  handoffs: HandoffStore
  knocks: DeskKnocks
  questions: Pick<Questions, 'resume'>
  background: Background
  clock: Clock
  ids: Ids
}

/** The desk over its store. `lifetime` ends what the assistant takes up again after a return. */
export function desk({ handoffs, knocks, questions, background, clock, ids }: DeskPorts, lifetime: AbortSignal): Desk {
  return {
    list: handoffs.list,
    get: handoffs.get,
    claim: (shop, id, person, takeOver, signal) =>
      handoffs.claim(shop, id, person, { takeOver, at: clock.now() }, signal),
    reply(shop, id, person, { text, clientMessageId }, signal) {
      const at = clock.now()
      const mail = { id: ids.make('out'), sendAt: new Date(at.getTime() + MAIL_AFTER_MS) }
      const said = { id: ids.make('msg'), text: masked(text), clientMessageId, mail, at }
      return handoffs.reply(shop, id, person, said, signal)
    },
    async close(shop, id, person, { resolution, note }, signal) {
      const at = clock.now()
      const answerSince = new Date(at.getTime() - ANSWER_SINCE_MS)
      const closing = { resolution, note: note === null ? null : masked(note), answerSince, at }
      const closed = await handoffs.close(shop, id, person, closing, signal)
      // What was left to the person is the assistant's now. Should this process end first, the look for left questions finds it.
      if (closed.outcome === 'closed' && resolution === 'returned')
        background.run(questions.resume(shop, lifetime).then(() => {}))
      return closed
    },
    follow: (shop, signal) => followDesk(knocks, clock, shop, signal),
  }
}
