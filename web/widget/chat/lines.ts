import type { HandoffNotice, Message } from '../../api-client/shapes.ts'

/** What was said and decided, in the server's order. */
export type Line =
  | { kind: 'message'; message: Message }
  | { kind: 'notice'; key: string; at: Date; notice: HandoffNotice }

/** A question is the same line before and after the server has numbered it. */
function isSame(line: Line, message: Message): boolean {
  if (line.kind !== 'message') return false
  if (line.message.id === message.id) return true
  if (message.clientMessageId === null || line.message.role !== message.role) return false
  return line.message.clientMessageId === message.clientMessageId
}

/** `lines` with the message as it is now: in its place if it was there, else last. What was shown of an answer stays. */
export function withMessage(lines: Line[], message: Message): Line[] {
  const before = lines.find((line) => isSame(line, message))
  if (before?.kind !== 'message') return [...lines, { kind: 'message', message }]
  const text = message.role === 'shopper' ? message.text : before.message.text
  const next: Line = { kind: 'message', message: { ...message, text } }
  return lines.map((line) => (line === before ? next : line))
}

/**
 * `lines` with the message moved behind the one named, should it stand before it: what two wrote at the same time is shown to
 * both in the server's order, which the order of their events tells.
 */
export function behindMessage(lines: Line[], message: Message, before: string): Line[] {
  const from = lines.findIndex((line) => isSame(line, message))
  const to = lines.findIndex((line) => line.kind === 'message' && line.message.id === before)
  const line = lines[from]
  return line && from < to ? lines.toSpliced(to + 1, 0, line).toSpliced(from, 1) : lines
}

/**
 * `lines` with a hand-over's new state as a line of its own, told once: last, or behind the message named (an empty name:
 * first) and what follows it at once.
 */
export function withNotice(lines: Line[], notice: HandoffNotice, at: Date, behind?: string): Line[] {
  const key = `${notice.id}:${notice.status}:${notice.person?.name ?? ''}`
  const told = lines.find((line) => line.kind === 'notice' && line.key === key)
  if (told) return lines.map((line) => (line === told ? { ...told, notice } : line))
  const message = lines.findIndex((line) => line.kind === 'message' && line.message.id === behind)
  let place = behind === '' ? 0 : message < 0 ? lines.length : message + 1
  while (lines[place]?.kind === 'notice') place += 1
  return lines.toSpliced(place, 0, { kind: 'notice', key, at, notice })
}

/**
 * Which question each answer belongs to, by message id → the question's clientMessageId. `links` is known from our own
 * streams; the others follow from the order, since a conversation's questions are answered one after the other.
 */
export function questionsOf(lines: Line[], links: Record<string, string>): Map<string, string> {
  const linked = new Set(Object.values(links))
  const waiting: string[] = []
  const found = new Map<string, string>()
  for (const line of lines) {
    if (line.kind !== 'message') continue
    const { id, role, state, clientMessageId } = line.message
    if (role === 'shopper' && state !== 'silent' && !linked.has(clientMessageId ?? ''))
      waiting.push(clientMessageId ?? id)
    if (role !== 'assistant' || isNews(line.message)) continue
    const question = links[id] ?? waiting.shift()
    if (question !== undefined) found.set(id, question)
  }
  return found
}

/** What came of a case is told unasked: it answers no question. */
const isNews = ({ answer }: Message) => answer?.receipts.some(({ tool }) => tool === 'case_news') ?? false
