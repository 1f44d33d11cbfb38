import type { Entry } from '../../chat.port.ts'
import type { View } from '../view.ts'

/**
 * What a screen reader is told between two states of the conversation: that an answer began, the finished answer once, and what
 * a person wrote. Never more than two lines an answer, and nothing of what was there when the conversation was opened.
 */
export function hearing() {
  let known: Map<string, Entry> | null = null
  return (view: View): string[] => {
    const { entries, phase } = view.state
    if (phase !== 'ready') return []
    const before = known
    known = new Map(entries.map((entry) => [entry.key, entry]))
    // An answer that hands over says so itself; told twice it would be a third line.
    const told = new Set(entries.map((entry) => (entry.kind === 'assistant' ? entry.answer?.handoff?.id : undefined)))
    const fresh = entries.filter(
      (entry) => !(entry.kind === 'handoff' && entry.notice.status === 'waiting' && told.has(entry.notice.id)),
    )
    return before ? fresh.flatMap((entry) => heard(before.get(entry.key), entry, view)) : []
  }
}

function heard(before: Entry | undefined, entry: Entry, { say }: View): string[] {
  if (entry.kind === 'person')
    return before ? [] : [say('heard_person', { name: entry.name ?? say('person'), text: entry.text })]
  if (entry.kind === 'handoff')
    return before?.kind === 'handoff' && before.notice.status === entry.notice.status ? [] : [handoffText(entry, say)]
  if (entry.kind !== 'assistant') return []
  const was = before?.kind === 'assistant' ? before.state : 'working'
  if (entry.state === was) return []
  if (entry.state === 'streaming') return [say('heard_started')]
  if (entry.state === 'stopped') return [say('stopped')]
  if (entry.state !== 'done') return []
  const sources = entry.answer?.citations.length ?? 0
  return [
    `${say('heard_answer', { text: entry.text })}${sources ? ` ${say('heard_sources', { count: sources })}` : ''}`,
  ]
}

function handoffText({ notice }: Extract<Entry, { kind: 'handoff' }>, say: View['say']): string {
  if (notice.status === 'waiting') return say('waiting_since')
  if (notice.status === 'claimed') return say('claimed', { name: notice.person?.name ?? say('someone') })
  return say(notice.resolution === 'returned' ? 'returned' : 'resolved')
}
