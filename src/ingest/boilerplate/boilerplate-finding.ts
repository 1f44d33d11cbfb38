import type { RepeatedWords } from '#db/findings/boilerplate.port.ts'
import type { LiveDocument, NewFinding, RepeatedSentence } from '#db/findings/findings.port.ts'
import type { DocumentId } from '#domain/ids.ts'
import { plainWords } from '../findings/likeness.ts'
import { quoted, sentenceHash, sentencesIn } from '../findings/look-at-document.ts'
import { isLeftOut } from './repeated-sentences.ts'

/** A repeated sentence as a finding, and as what passages leave out, if they do; none where no document has it any more. */
export function boilerplateOf(
  { source, kind, sentence, share, pages, examples }: RepeatedSentence,
  known: Map<DocumentId, LiveDocument>,
): { finding: NewFinding; words: RepeatedWords | null }[] {
  const found = examples.flatMap((id) => known.get(id) ?? [])
  const [keeper] = found
  const text = keeper && sentencesIn(keeper.document).find((one) => sentenceHash(one) === sentence)
  if (!keeper || text === undefined) return []
  const leftOut = isLeftOut(text, kind)
  const finding: NewFinding = {
    kind: 'boilerplate',
    origin: `sentence:${source}\n${kind}\n${sentence}`,
    documents: found.map(({ document: { id, title }, version, source }) => ({ id, version, title, source })),
    documentCount: pages,
    quotes: quoted(keeper.document.id, text),
    detail: { share: Number(share.toFixed(2)), kind, leftOut: leftOut ? 1 : 0 },
  }
  const words = plainWords(text).join(' ')
  return [{ finding, words: leftOut ? { source, kind, sentence, words, keeper: keeper.document.id } : null }]
}
