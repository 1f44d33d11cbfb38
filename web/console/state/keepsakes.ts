import { tryReadJson } from '#domain/foreign-json.ts'

const PREFIX = 'purser.desk.'

/** `claimFirst`: nobody had the hand-over when it was written. */
export type KeptReply = { text: string; clientMessageId: string; claimFirst: boolean }

/** What this browser remembers between visits. Drafts and unsent replies are personal data: `forget` at sign-out. */
export type Keepsakes = {
  draft(handoff: string): string
  keepDraft(handoff: string, text: string): void
  allUnsent(): { handoff: string; reply: KeptReply }[]
  keepUnsent(handoff: string, reply: KeptReply | null): void
  shortcuts(): boolean
  keepShortcuts(on: boolean): void
  /** The address that was wanted before signing in; taking it forgets it. */
  takeWanted(): string | null
  keepWanted(address: string): void
  /** Removes every draft and unsent reply. */
  forget(): void
}

/** In `storage`, which may be full or forbidden: then nothing is remembered, and nothing else suffers. */
export function keepsakes(storage: () => Storage): Keepsakes {
  const read = (key: string): string | null => attempt(() => storage().getItem(PREFIX + key)) ?? null
  const write = (key: string, value: string | null) =>
    attempt(() => (value === null ? storage().removeItem(PREFIX + key) : storage().setItem(PREFIX + key, value)))
  const keysOf = (kind: string): string[] =>
    (attempt(() => Object.keys(storage())) ?? [])
      .filter((key) => key.startsWith(PREFIX + kind))
      .map((key) => key.slice(PREFIX.length))

  return {
    draft: (handoff) => read(`draft.${handoff}`) ?? '',
    keepDraft: (handoff, text) => void write(`draft.${handoff}`, text === '' ? null : text),
    allUnsent: () =>
      keysOf('unsent.').flatMap((key) => {
        const reply = keptReplyOf(tryReadJson(read(key) ?? ''))
        return reply ? [{ handoff: key.slice('unsent.'.length), reply }] : []
      }),
    keepUnsent: (handoff, reply) => void write(`unsent.${handoff}`, reply && JSON.stringify(reply)),
    shortcuts: () => read('shortcuts') !== 'off',
    keepShortcuts: (on) => void write('shortcuts', on ? null : 'off'),
    takeWanted() {
      const wanted = read('wanted')
      write('wanted', null)
      return wanted
    },
    keepWanted: (address) => void write('wanted', address),
    forget() {
      for (const key of [...keysOf('draft.'), ...keysOf('unsent.')]) write(key, null)
    },
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}

function keptReplyOf(read: unknown): KeptReply | null {
  if (typeof read !== 'object' || read === null) return null
  const { text, clientMessageId, claimFirst } = read as Partial<Record<string, unknown>>
  if (typeof text !== 'string' || typeof clientMessageId !== 'string') return null
  return { text, clientMessageId, claimFirst: claimFirst === true }
}
