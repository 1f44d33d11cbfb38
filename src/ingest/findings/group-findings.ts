import type { FindingDocument, LiveDocument, MarkGroup, NewFinding } from '#db/findings/findings.port.ts'
import type { DocumentId } from '#domain/ids.ts'
import { plainWords } from './likeness.ts'
import { quoted } from './look-at-document.ts'

/** Documents a finding names; the count is of all. */
export const MOST_NAMED = 20
/** Titles that share this much are variants of one product, which may well share their description. */
const VARIANT_TITLES = 0.6

type Known = Map<DocumentId, LiveDocument>

/** The documents whose titles and texts `groupFinding` needs of a group that may be a finding. */
export function namedBy({ mark, count, members }: MarkGroup): DocumentId[] {
  const alone = mark.startsWith('no-category:') || mark.startsWith('like:') || mark.startsWith('category:')
  if (count < 2 && !alone) return []
  if (mark.startsWith('category:') && count > 1) return []
  const leader = mark.startsWith('like:') ? [mark.slice('like:'.length) as DocumentId] : []
  return [...new Set([...leader, ...members.map(({ documentId }) => documentId)])].slice(0, MOST_NAMED)
}

/** What documents with one mark in common amount to; null when that is nothing wrong. */
export function groupFinding(group: MarkGroup, known: Known): NewFinding | null {
  const ids = namedBy(group).filter((id) => known.has(id))
  const documents = ids.map((id) => namedDocument(id, known))
  const base = { origin: group.mark, documents, documentCount: Math.max(group.count, ids.length), detail: {} }
  const [kind = ''] = group.mark.split(':')
  switch (kind) {
    case 'category': {
      const name = group.mark.slice('category:'.length)
      return ids.length === 1 && group.count === 1
        ? { ...base, kind: 'orphan_category', quotes: [], detail: { category: name } }
        : null
    }
    case 'no-category':
      return ids.length > 0 ? { ...base, kind: 'orphan_category', quotes: [] } : null
    case 'description':
      return ids.length > 1 && !areVariants(documents) && !areTwins(ids, known)
        ? { ...base, kind: 'supplier_copy', quotes: firstQuote(group) }
        : null
    case 'same':
      return ids.length > 1 ? { ...base, kind: 'exact_duplicate', quotes: firstQuote(group) } : null
    case 'like':
      return ids.length > 1 && !isFamily(documents, known)
        ? {
            ...base,
            documentCount: group.count + 1,
            kind: 'near_duplicate',
            quotes: ids.slice(0, 3).flatMap((id) => quoted(id, known.get(id)?.document.text ?? '')),
            detail: { likeness: Math.min(...group.members.map(({ value }) => Number(value))) },
          }
        : null
    case 'statement':
      return statementFinding(group, known, base)
    default:
      return null
  }
}

function statementFinding(
  group: MarkGroup,
  known: Known,
  base: Omit<NewFinding, 'kind' | 'quotes'>,
): NewFinding | null {
  const values = new Set(group.members.map(({ value }) => value))
  const kinds = base.documents.map(({ id }) => known.get(id)?.document.kind)
  // Two help pages may tell of two services; a policy is what the others have to agree with.
  if (values.size < 2 || base.documents.length < 2 || !kinds.includes('policy')) return null
  const [, topic = ''] = group.mark.split(':')
  const quotes = group.members.slice(0, MOST_NAMED).flatMap(({ documentId, quote }) => quoted(documentId, quote ?? ''))
  return { ...base, kind: 'contradiction', quotes, detail: { topic, values: [...values].join(' · ') } }
}

function namedDocument(id: DocumentId, known: Known): FindingDocument {
  const found = known.get(id)
  return { id, version: found?.version ?? 0, title: found?.document.title ?? id, source: found?.source ?? '' }
}

const firstQuote = ({ members }: MarkGroup) =>
  members.slice(0, 1).flatMap(({ documentId, quote }) => quoted(documentId, quote ?? ''))

/** All the same but for their ids: exact duplicates, which are told as such. */
function areTwins(ids: DocumentId[], known: Known): boolean {
  const all = ids.map((id) => {
    const { title, attributes, price } = known.get(id)?.document ?? {}
    return JSON.stringify([title, Object.entries(attributes ?? {}).sort(), price])
  })
  return new Set(all).size === 1
}

function isFamily(documents: FindingDocument[], known: Known): boolean {
  return known.get(documents[0]?.id as DocumentId)?.document.kind === 'product' && areVariants(documents)
}

function areVariants(documents: FindingDocument[]): boolean {
  const [first, ...others] = documents.map(({ title }) => new Set(plainWords(title)))
  return others.every((other) => {
    const shared = [...other].filter((word) => first?.has(word)).length
    return (2 * shared) / (other.size + (first?.size ?? 0)) >= VARIANT_TITLES
  })
}
