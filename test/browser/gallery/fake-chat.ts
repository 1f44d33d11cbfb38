import type { Chat, ChatState } from '../../../web/widget/chat.port.ts'

/** A conversation that a test writes: `put` is what the server and the network do, `calls` what the shopper did. */
export type FakeChat = Chat & {
  put(change: Partial<ChatState>): void
  readonly calls: [method: string, ...given: unknown[]][]
}

/** Begins in `state`; drafts are kept, everything else only counts. */
export function fakeChat(state: ChatState): FakeChat {
  const listeners = new Set<() => void>()
  const calls: FakeChat['calls'] = []
  let now = state
  const put = (change: Partial<ChatState>) => {
    now = { ...now, ...change }
    for (const listener of listeners) listener()
  }
  const note =
    (method: string) =>
    async (...given: unknown[]) => {
      calls.push([method, ...given])
    }
  return {
    get state() {
      return now
    },
    calls,
    put,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: note('start'),
    seen: () => {},
    acceptPrivacy: async () => {
      calls.push(['acceptPrivacy'])
      put({ phase: 'ready' })
    },
    send: async (text) => {
      calls.push(['send', text])
      return true
    },
    setDraft: (draft) => put({ draft }),
    retry: note('retry'),
    stop: note('stop'),
    askForPerson: note('askForPerson'),
    rate: async (key, feedback) => {
      calls.push(['rate', key, feedback])
      const kept = {
        helpful: feedback.helpful,
        reason: feedback.reason ?? null,
        comment: feedback.comment ?? null,
        at: '2026-07-03T08:40:00.000Z',
      }
      put({
        entries: now.entries.map((entry) =>
          entry.key === key && entry.kind === 'assistant' ? { ...entry, feedback: kept } : entry,
        ),
      })
    },
    askForProof: () => put({ proof: { step: 'ask' } }),
    proveOrder: async (claim) => {
      calls.push(['proveOrder', claim])
      put({ proof: { step: 'code', expiresAt: new Date('2026-07-03T08:55:00.000Z'), refused: false } })
    },
    enterCode: async (code) => {
      calls.push(['enterCode', code])
      put({ proof: { step: 'unlocked', orderId: 'LH-10023' } })
    },
    cancelProof: () => put({ proof: { step: 'none' } }),
    myData: async () => {
      calls.push(['myData'])
      return { sessions: [], conversations: [], handoffs: [] }
    },
    eraseMyData: async () => {
      calls.push(['eraseMyData'])
      put({ entries: [], draft: '' })
      return { erasedAt: '2026-07-03T08:41:00.000Z', conversations: 1, messages: 6, handoffs: 1, feedback: 2 }
    },
    startOver: async () => {
      calls.push(['startOver'])
      put({ entries: [] })
    },
    dispose: () => {},
  }
}
