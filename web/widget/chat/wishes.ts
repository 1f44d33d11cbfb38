import { masked } from '#domain/masking.ts'
import type { Reply } from '../../api-client/reply.ts'
import type { Message, MyData } from '../../api-client/shapes.ts'
import type { Chat } from '../chat.port.ts'
import type { Access } from './access.ts'
import { answerKey, type Board } from './board.ts'
import type { ChatPorts } from './browser.port.ts'
import type { Kept } from './kept.ts'
import { questionsOf, withMessage, withNotice } from './lines.ts'
import type { Recovery } from './sending/recovery.ts'

type Wishes = Pick<Chat, 'askForPerson' | 'rate' | 'myData' | 'eraseMyData'>

/** What a shopper may ask for besides answers: a person, to be heard on an answer, their data, and that it goes. */
export function wishesOf(
  ports: ChatPorts,
  kept: Kept,
  board: Board,
  server: Access,
  mend: Recovery,
  events: { handedOver(): void; erased(): void },
  lifetime: AbortSignal,
): Wishes {
  return {
    async askForPerson(wish) {
      const said = { ...wish, ...(wish.reason ? { reason: masked(wish.reason) } : {}) }
      await mend.act('person', async () => {
        const reply = await server.inConversation((shopper, id) => shopper.askForPerson(id, said, lifetime))
        if (reply.outcome === 'ok') {
          const handoff = reply.value
          board.set({ lines: withNotice(board.facts.lines, handoff, ports.clock.now()), handoff, begunAnew: null })
          events.handedOver()
        }
        return reply
      })
    },
    async rate(key, feedback) {
      const message = answerOf(key)
      if (!message) return
      const given = { ...feedback, ...(feedback.comment ? { comment: masked(feedback.comment) } : {}) }
      const show = (value: Message['feedback']) =>
        board.set({ lines: withMessage(board.facts.lines, { ...message, feedback: value }) })
      const { helpful, reason = null, comment = null } = given
      show({ helpful, reason, comment, at: ports.clock.now().toISOString() })
      const reply = await mend.act(`rate ${key}`, () =>
        server.call((shopper) => shopper.rate(message.id, given, lifetime)),
      )
      if (reply.outcome === 'ok') show(reply.value)
    },
    async myData() {
      if (!kept.session()) return { sessions: [], conversations: [], handoffs: [] } satisfies MyData
      return demand(await server.call((shopper) => shopper.myData(lifetime)))
    },
    async eraseMyData() {
      const nothing = {
        erasedAt: ports.clock.now().toISOString(),
        conversations: 0,
        messages: 0,
        handoffs: 0,
        feedback: 0,
      }
      const receipt = kept.session() ? demand(await server.call((shopper) => shopper.eraseMyData(lifetime))) : nothing
      events.erased()
      return receipt
    },
  }

  function answerOf(key: string): Message | null {
    const { lines, links } = board.facts
    const questions = questionsOf(lines, links)
    const line = lines.find(
      (one) => one.kind === 'message' && answerKey(questions.get(one.message.id) ?? one.message.id) === key,
    )
    return line?.kind === 'message' ? line.message : null
  }

  function demand<Value>(reply: Reply<Value>): Value {
    if (reply.outcome === 'ok') return reply.value
    mend.failed(reply)
    throw new Error(`not available: ${reply.outcome}`)
  }
}
