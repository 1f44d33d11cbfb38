import type { BoilerplateBatch, Recut, RepeatedWords } from '#db/findings/boilerplate.port.ts'
import type { DocumentLook, LiveDocument } from '#db/findings/findings.port.ts'
import { Fault } from '#domain/fault.ts'
import { prepareDocument } from '../prepare-document.ts'
import { repeatedIn } from './repeated-sentences.ts'

/** Documents that have a repeated sentence, or had one left out, as they are to be cut now. */
export async function cutAnew(
  batch: Pick<BoilerplateBatch, 'repeated' | 'shortened'>,
  live: LiveDocument[],
  looks: DocumentLook[],
): Promise<Recut[]> {
  const repeated = await batch.repeated()
  const shortened = new Set(await batch.shortened(live.map(({ document }) => document.id)))
  if (repeated.length === 0 && shortened.size === 0) return []
  const sentences = new Map(looks.map((look) => [look.id, look.sentences]))
  const known = new Set(repeated.map(({ source, kind, sentence }) => `${source}\n${kind}\n${sentence}`))
  return live
    .filter(({ document: { id, kind }, source }) => {
      const own = sentences.get(id) ?? []
      return shortened.has(id) || own.some((sentence) => known.has(`${source}\n${kind}\n${sentence}`))
    })
    .flatMap((one) => safeCut(one, repeated))
}

/** The document's passages as they are to be; none for a text that today's rules refuse. */
export function safeCut({ document, version, source, storedAt }: LiveDocument, repeated: RepeatedWords[]): Recut[] {
  try {
    const prepared = prepareDocument(document, repeatedIn(repeated, source)(document.kind))
    return [{ prepared, version, storedAt }]
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return []
  }
}
