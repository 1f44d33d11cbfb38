import type { InstanceKeys } from '#app/keys.ts'

export type Call = (
  method: string,
  path: string,
  options?: { token?: string; body?: unknown; raw?: string; headers?: Record<string, string> },
) => Promise<{ status: number; json: unknown }>

type AckedMessage = { token: string; conversation: string; clientMessageId: string; answerId: string; text: string }
type OpenMessage = Omit<AckedMessage, 'answerId' | 'text'> & { question: string }

/** What the product acknowledged, and what was sent without an answer: the truth a torture run holds it to. */
export type Ledger = {
  documents: Map<string, string>
  messages: AckedMessage[]
  unanswered: OpenMessage[]
  imports: Map<string, { ids: string[] }>
  /** Each a page of its own, of the same name. */
  events: Set<string>
  acknowledged(): number
}

export type Verdict = { lost: string[]; duplicated: string[] }

/** An empty ledger. */
export function openLedger(): Ledger {
  const ledger: Ledger = {
    documents: new Map(),
    messages: [],
    unanswered: [],
    imports: new Map(),
    events: new Set(),
    acknowledged: () => ledger.documents.size + ledger.messages.length + ledger.imports.size + ledger.events.size,
  }
  return ledger
}

/** Holds a running instance to the ledger: what was acknowledged is there, and no message has two answers. */
export async function verify(ledger: Ledger, call: Call, keys: InstanceKeys): Promise<Verdict> {
  const verdict: Verdict = { lost: [], duplicated: [] }
  for (const [id, text] of ledger.documents) {
    const { status, json } = await call('GET', `/v1/documents/${encodeURIComponent(id)}`, { token: keys.ingestKey })
    if (status !== 200 || (json as { text?: string }).text !== text) verdict.lost.push(`document ${id}: ${status}`)
  }
  for (const conversation of Map.groupBy(ledger.messages, (message) => message.conversation).values())
    await verifyConversation(conversation, call, verdict)
  await answerAgain(ledger, call, verdict)
  return verdict
}

async function verifyConversation(messages: AckedMessage[], call: Call, verdict: Verdict): Promise<void> {
  const [first] = messages
  if (!first) return
  const { status, json } = await call('GET', `/v1/conversations/${first.conversation}`, { token: first.token })
  const transcript = JSON.stringify(json ?? '')
  for (const { answerId, clientMessageId } of messages) {
    if (status !== 200 || !transcript.includes(answerId)) verdict.lost.push(`answer ${answerId}: ${status}`)
    const times = transcript.split(`"clientMessageId":"${clientMessageId}"`).length - 1
    if (times > 1) verdict.duplicated.push(`message ${clientMessageId}: ${times} times`)
  }
}

/** A message whose answer never came is sent again with the same id: it gets one answer, and the same one ever after. */
async function answerAgain(ledger: Ledger, call: Call, verdict: Verdict): Promise<void> {
  for (const { token, conversation, clientMessageId, question } of ledger.unanswered.splice(0)) {
    const send = () =>
      call('POST', `/v1/conversations/${conversation}/messages`, {
        token,
        body: { text: question, clientMessageId },
        headers: { accept: 'application/json' },
      })
    const [first, second] = await Promise.all([send(), send()])
    const answers = [first, second].map(({ json }) => (json as { id?: string } | undefined)?.id)
    if (first.status !== 200 || second.status !== 200)
      verdict.lost.push(`message ${clientMessageId}: ${first.status} ${second.status}`)
    else if (answers[0] !== answers[1]) verdict.duplicated.push(`message ${clientMessageId}: ${answers.join(' and ')}`)
    else ledger.messages.push({ token, conversation, clientMessageId, answerId: answers[0] ?? '', text: question })
  }
}

/** Waits for every acknowledged import to end and checks that its documents are there. */
export async function verifyImports(
  ledger: Ledger,
  call: Call,
  keys: InstanceKeys,
  settled: (good: () => Promise<boolean>) => Promise<boolean>,
): Promise<Verdict> {
  const verdict: Verdict = { lost: [], duplicated: [] }
  for (const [id, { ids }] of ledger.imports) {
    const done = await settled(async () => {
      const { json } = await call('GET', `/v1/imports/${id}`, { token: keys.ingestKey })
      return (json as { status?: string }).status === 'done'
    })
    if (!done) verdict.lost.push(`import ${id} never ended`)
    for (const document of ids) {
      const { status } = await call('GET', `/v1/documents/${encodeURIComponent(document)}`, { token: keys.ingestKey })
      if (status !== 200) verdict.lost.push(`imported document ${document}: ${status}`)
    }
  }
  return verdict
}
