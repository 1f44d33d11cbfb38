import type { HandoffMaterial, HandoffPacket, RetrievedPassage } from '#db/desk/handoffs.port.ts'
import type { HandoffReason, OrderCard } from '#domain/answer.ts'

/** Of what was found, so much is worth a person's look. */
const PASSAGES = 12
/** A list of hand-overs carries their packets, so a packet holds so many characters of what was said; with the hand-over itself comes all of it. */
const CHARACTERS = 20_000

/** What the hand-over is about, besides what the conversation holds. */
export type PacketFacts = {
  question: string | null
  contact: string | null
  reason: HandoffReason
  /** The run that ended in the hand-over; null for a wish for a person, which goes by the turns before it. */
  run: {
    summary: string | null
    suggestedReply: string | null
    stages: string[]
    orders: OrderCard[]
    trace: Record<string, unknown>
  } | null
}

/** Everything the person who takes over needs, complete for every way a hand-over comes about. Never throws. */
export function packetOf(material: HandoffMaterial, { question, contact, reason, run }: PacketFacts): HandoffPacket {
  const last = material.turns.at(-1)
  return {
    question,
    transcript: newest(material.transcript),
    identity: { ...material.identity, contact },
    locale: material.locale,
    orders: [
      ...new Map([...material.orders, ...(run?.orders ?? [])].map((card) => [card.orderId, card] as const)).values(),
    ],
    provenOrders: material.provenOrders,
    retrieved: retrieved(material, run?.trace ?? null),
    tried: [...new Set([...material.turns.flatMap(({ stages }) => stages), ...(run?.stages ?? [])])],
    reason,
    summary: run?.summary ?? summaryOf(material, question, reason),
    suggestedReply: run ? run.suggestedReply : textOf(last?.trace.suggestedReply),
  }
}

/** At least the last message. */
function newest(transcript: HandoffPacket['transcript']): HandoffPacket['transcript'] {
  let characters = 0
  const before = transcript.findLastIndex(({ text }, at) => {
    characters += text.length
    return characters > CHARACTERS && at < transcript.length - 1
  })
  return transcript.slice(before + 1)
}

/** The newest search first; a passage that was cited comes with what was quoted. */
function retrieved(material: HandoffMaterial, trace: Record<string, unknown> | null): RetrievedPassage[] {
  const turns = material.turns.toReversed()
  const cited = turns.flatMap(({ citations }) =>
    citations.map(
      ({ documentId, title, url, quote }): RetrievedPassage => ({ documentId, title, url, quote, score: null }),
    ),
  )
  const found = [...(trace ? [trace] : []), ...turns.map((turn) => turn.trace)].flatMap(passagesOf)
  const byDocument = new Map<string, RetrievedPassage>()
  for (const passage of [...found, ...cited]) {
    const known = byDocument.get(passage.documentId)
    byDocument.set(passage.documentId, {
      documentId: passage.documentId,
      title: known?.title ?? passage.title,
      url: known?.url ?? passage.url,
      quote: known?.quote ?? passage.quote,
      score: known?.score ?? passage.score,
    })
  }
  return [...byDocument.values()].slice(0, PASSAGES)
}

/** A trace is stored JSON of whatever release wrote it: what does not fit is left out. */
function passagesOf(trace: Record<string, unknown>): RetrievedPassage[] {
  const { passages } = trace
  if (!Array.isArray(passages)) return []
  return passages.flatMap((passage: Record<string, unknown> | null): RetrievedPassage[] => {
    const documentId = textOf(passage?.documentId)
    if (documentId === null) return []
    const score = typeof passage?.score === 'number' ? passage.score : null
    return [{ documentId, title: textOf(passage?.title), url: textOf(passage?.url), quote: null, score }]
  })
}

function summaryOf({ turns, provenOrders }: HandoffMaterial, question: string | null, reason: HandoffReason): string {
  const last = turns.at(-1)
  const said = { answered: 'answered', clarify: 'asked back', handed_off: 'passed it on', declined: 'declined' }
  const did = last && (said[last.outcome as keyof typeof said] ?? 'wrote')
  return [
    reason === 'requested' ? 'The shopper asked for a person.' : `Handed over because: ${reason.replaceAll('_', ' ')}.`,
    question === null ? 'Nothing was asked yet.' : `It is about: “${question}”.`,
    did ? `The assistant last ${did}: “${last.text}”.` : 'The assistant has not answered anything.',
    provenOrders.length > 0 ? `Proven to be theirs: order ${provenOrders.join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
