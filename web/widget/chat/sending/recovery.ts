import type { Failure as CallFailure, Reply } from '../../../api-client/reply.ts'
import type { Board } from '../board.ts'
import type { ChatPorts } from '../browser.port.ts'
import { endOf, shownFailure } from './failures.ts'

export type Recovery = {
  /** Shows what failed. `again` is done when it may work again, once for each name. */
  failed(failure: CallFailure, again?: { name: string; work: () => Promise<unknown> }): void
  succeeded(name?: string): void
  /** Does `work`, shows it when that fails, and does it again when it may succeed. */
  act<Value>(name: string, work: () => Promise<Reply<Value>>): Promise<Reply<Value>>
  /** Tries everything again now. */
  retry(): Promise<void>
}

/** What went wrong, until when, and what is done once it is over. `resume` is done each time. */
export function recovery(ports: ChatPorts, board: Board, resume: () => Promise<void>, lifetime: AbortSignal): Recovery {
  const waiting = new Map<string, () => Promise<unknown>>()
  let attempts = 0
  let timer = new AbortController()

  const self: Recovery = {
    failed(failure, again) {
      if (failure.outcome === 'aborted') return
      if (again) waiting.set(again.name, again.work)
      timer.abort()
      // Shown as such by itself; coming back tries again.
      if (!ports.network.online()) return
      attempts += 1
      const shown = shownFailure(failure, attempts, ports)
      board.set({ failure: shown, ...(shown.what === 'not_allowed' ? { phase: 'unavailable' } : {}) })
      const end = endOf(shown)
      if (!end) return
      timer = new AbortController()
      const signal = AbortSignal.any([timer.signal, lifetime])
      ports.clock.sleep(Math.max(0, end.getTime() - ports.clock.now().getTime()), signal).then(
        () => void self.retry(),
        () => {},
      )
    },
    succeeded(name) {
      if (name) waiting.delete(name)
      attempts = 0
      if (board.facts.failure && waiting.size === 0 && board.facts.failed.size === 0) {
        timer.abort()
        board.set({ failure: null })
      }
    },
    async act(name, work) {
      const reply = await work()
      if (reply.outcome === 'ok') self.succeeded(name)
      else self.failed(reply, { name, work: () => self.act(name, work) })
      return reply
    },
    async retry() {
      timer.abort()
      board.set({ failure: null, failed: new Set() })
      const works = [...waiting.values()]
      waiting.clear()
      await Promise.all(works.map((work) => work()))
      await resume()
    },
  }
  return self
}
