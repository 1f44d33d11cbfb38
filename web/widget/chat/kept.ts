import { tryReadJson } from '#domain/foreign-json.ts'
import { masked } from '#domain/masking.ts'
import { isRecord } from '../../api-client/reply.ts'
import type { Store } from './browser.port.ts'

/** `subject`: who the page said was signed in when the session was opened, whether or not the server believed it. */
export type KeptSession = {
  token: string
  expiresAt: string
  subject: string | null
  customer: { name: string | null } | null
}
/** `key` makes opening it again harmless; `id` is null until it was opened. */
export type KeptConversation = { key: string; id: string | null }
/** A question whose answer is not here yet. `text` is masked. */
export type Outgoing = { id: string; text: string; at: string }

export type Kept = ReturnType<typeof kept>

/**
 * What this browser keeps for one shop, in one place so that it can be erased. Read afresh each time, since another tab may
 * have changed it; every question has a key of its own, so that tabs do not overwrite each other.
 */
export function kept(store: Store, publicKey: string) {
  const base = `purser:${publicKey}:`
  let who = ''
  const read = (name: string) => tryReadJson(store.get(base + name) ?? 'null')
  const write = (name: string, value: unknown) =>
    value === null ? store.remove(base + name) : store.set(base + name, JSON.stringify(value))
  const record = <Value>(name: string, field: string) => {
    const value = read(name)
    return isRecord(value) && field in value ? (value as Value) : null
  }
  return {
    /**
     * Whose conversation is meant from now on. A customer who signs in again finds theirs; which one it was tells nobody
     * anything without a session.
     */
    as(subject: string | null) {
      who = subject === null ? '' : `:${subject}`
    },
    session: () => record<KeptSession>('session', 'token'),
    keepSession: (session: KeptSession | null) => write('session', session),
    conversation: () => record<KeptConversation>(`conversation${who}`, 'key'),
    keepConversation: (conversation: KeptConversation | null) => write(`conversation${who}`, conversation),
    isConversation: (name: string) => name === `conversation${who}`,
    /** Oldest first. */
    outgoing: () =>
      store
        .keys()
        .filter((key) => key.startsWith(`${base}out:`))
        .map((key) => record<Outgoing>(key.slice(base.length), 'text'))
        .filter((question) => question !== null)
        .sort((one, other) => one.at.localeCompare(other.at)),
    keepOutgoing: (question: Outgoing) => write(`out:${question.id}`, question),
    dropOutgoing: (id: string) => write(`out:${id}`, null),
    draft: () => (typeof read('draft') === 'string' ? (read('draft') as string) : ''),
    keepDraft: (text: string) => write('draft', text === '' ? null : masked(text)),
    /** The version of the privacy notice that was accepted. */
    consent: () => (typeof read('consent') === 'string' ? (read('consent') as string) : null),
    keepConsent: (version: string) => write('consent', version),
    erase() {
      for (const key of store.keys()) if (key.startsWith(base)) store.remove(key)
    },
    watch: (listener: (name: string) => void) =>
      store.watch((key) => {
        if (key.startsWith(base)) listener(key.slice(base.length))
      }),
  }
}
