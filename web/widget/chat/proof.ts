import type { Failure as CallFailure } from '../../api-client/reply.ts'
import type { Chat } from '../chat.port.ts'
import type { Access } from './access.ts'
import type { Board } from './board.ts'
import { isCode } from './sending/failures.ts'

type Proof = Pick<Chat, 'askForProof' | 'proveOrder' | 'enterCode' | 'cancelProof'>

/** Unlocking an order with a code sent to its e-mail. `unlocked` is called once the order may be asked about. */
export function orderProof(
  server: Access,
  board: Board,
  events: { failed(failure: CallFailure): void; succeeded(): void; unlocked(): void },
  lifetime: AbortSignal,
): Proof {
  let challenge: { id: string; expiresAt: Date } | null = null

  return {
    askForProof: () => board.set({ proof: { step: 'ask' } }),
    cancelProof() {
      challenge = null
      board.set({ proof: { step: 'none' } })
    },
    async proveOrder(claim) {
      board.set({ proof: { step: 'sending' } })
      const reply = await server.call((shopper) => shopper.startProof(claim, lifetime))
      if (board.facts.proof.step !== 'sending') return
      if (reply.outcome !== 'ok') {
        board.set({ proof: { step: 'ask' } })
        return events.failed(reply)
      }
      challenge = { id: reply.value.id, expiresAt: new Date(reply.value.expiresAt) }
      board.set({ proof: { step: 'code', expiresAt: challenge.expiresAt, refused: false } })
      events.succeeded()
    },
    async enterCode(code) {
      if (!challenge) return
      const { id, expiresAt } = challenge
      board.set({ proof: { step: 'checking' } })
      const reply = await server.call((shopper) => shopper.finishProof(id, code.trim(), lifetime))
      if (board.facts.proof.step !== 'checking') return
      if (reply.outcome === 'ok') {
        challenge = null
        board.set({ proof: { step: 'unlocked', orderId: reply.value.orderId } })
        events.succeeded()
        return events.unlocked()
      }
      // A code of another form than six digits is as wrong as any other.
      const refused = isCode(reply, 403) || isCode(reply, 400)
      board.set({ proof: { step: 'code', expiresAt, refused } })
      if (!refused) events.failed(reply)
    },
  }
}
