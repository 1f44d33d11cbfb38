import type { DocumentLook, FindingBatch, Mark, Place } from '#db/findings/findings.port.ts'
import type { DocumentId } from '#domain/ids.ts'
import { likeness, NEARLY_THE_SAME, signatureAt } from './likeness.ts'

/** Holders of a band that are compared, the first by id: a catalogue from one template would compare all with all. */
const MOST_CANDIDATES = 5
/** Documents that are compared again because one they were like has changed. */
const MOST_FOLLOWERS = 500

/**
 * Files every changed document, and those it may matter to, under the first document by id that has nearly the same passage.
 * Gives the marks whose groups may have changed. At most 45 comparisons a passage.
 */
export async function remarkNearDuplicates(
  batch: FindingBatch,
  looks: DocumentLook[],
  gone: DocumentId[],
  touched: string[],
): Promise<string[]> {
  const changed = [...looks.map(({ id }) => id), ...gone]
  const bands = touched.filter((mark) => mark.startsWith('band:'))
  const followed = await batch.groups(
    changed.map((id) => `like:${id}`),
    MOST_FOLLOWERS,
  )
  const neighbours = await batch.groups(bands, MOST_CANDIDATES)
  const affected = new Set(looks.map(({ id }) => id))
  for (const { members } of [...followed, ...neighbours]) for (const { documentId } of members) affected.add(documentId)
  const ids = [...affected]
  const own = await batch.marksOf(ids, 'band:')
  const groups = await batch.groups([...new Set(own.map(({ mark }) => mark))], MOST_CANDIDATES)
  const holders = new Map(groups.map(({ mark, members }) => [mark, members]))
  const pairs = own.flatMap((mine) => (holders.get(mine.mark) ?? []).flatMap((other) => earlier(mine, other)))
  const compared = [...new Set([...ids, ...pairs.map(({ other }) => other.documentId)])]
  const signatures = await batch.signatures(compared)
  const texts = await sameTexts(batch, compared)
  const leaders = new Map<DocumentId, { leader: DocumentId; value: number }>()
  for (const { mine, other } of pairs) {
    const [left, right] = [mine, other].map((one) => signatureAt(signatures.get(one.documentId), one.place))
    if (!left || !right || texts(mine.documentId, other.documentId)) continue
    const value = likeness(left, right)
    const known = leaders.get(mine.documentId)
    if (value < NEARLY_THE_SAME || (known && known.leader < other.documentId)) continue
    if (!known || other.documentId < known.leader || value > known.value)
      leaders.set(mine.documentId, { leader: other.documentId, value })
  }
  const places = ids.map((documentId) => ({ documentId, place: 0, marks: marksFor(leaders.get(documentId)) }))
  return [...new Set([...(await batch.remark('like:', places)), ...changed.map((id) => `like:${id}`)])]
}

function earlier(mine: Place, other: Place): { mine: Place; other: Place }[] {
  return other.documentId < mine.documentId ? [{ mine, other }] : []
}

function marksFor(found: { leader: DocumentId; value: number } | undefined): Mark[] {
  return found ? [{ mark: `like:${found.leader}`, place: 0, value: found.value.toFixed(2) }] : []
}

/** Whether two documents have a whole text in common, which is told as that. */
async function sameTexts(
  batch: FindingBatch,
  ids: DocumentId[],
): Promise<(left: DocumentId, right: DocumentId) => boolean> {
  const marks = new Map<DocumentId, Set<string>>()
  for (const prefix of ['same:', 'description:'])
    for (const { documentId, mark } of await batch.marksOf(ids, prefix))
      marks.set(documentId, (marks.get(documentId) ?? new Set()).add(mark))
  return (left, right) => [...(marks.get(left) ?? [])].some((mark) => marks.get(right)?.has(mark))
}
