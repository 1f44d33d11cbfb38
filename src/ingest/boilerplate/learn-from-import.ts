import type { Boilerplate, RepeatedWords } from '#db/findings/boilerplate.port.ts'
import type { ImportState } from '#db/knowledge/imports.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import { plainWords } from '../findings/likeness.ts'
import { sentenceHash, sentenceHashes, sentencesIn } from '../findings/look-at-document.ts'
import { isLeftOut } from './repeated-sentences.ts'

/** A sentence on half the pages of a source, of which up to a thousand are read; a handful of pages proves nothing. */
export const BOILERPLATE = { share: 0.5, sample: 1_000, least: 10, most: 200 }

/**
 * What passages of the import's source leave out. Of the first import of a source it is learnt from the file itself, so that nothing
 * is cut, and no vector made, twice; what is left unclear is settled when the content is looked at.
 */
export async function repeatedInImport(
  boilerplate: Boilerplate,
  shop: ShopId,
  { id, source }: Pick<ImportState, 'id' | 'source'>,
  atItsBeginning: boolean,
  signal: AbortSignal,
): Promise<RepeatedWords[]> {
  const pages = atItsBeginning ? await boilerplate.firstPages(shop, id, BOILERPLATE.sample, signal) : null
  if (pages) await boilerplate.learn(shop, repeatedOn(pages, source), signal)
  return boilerplate.of(shop, source, signal)
}

/** What a look at all of these would find repeated; pages in the order of their ids. */
function repeatedOn(pages: ShopDocument[], source: string): RepeatedWords[] {
  return [...new Set(pages.map(({ kind }) => kind))].flatMap((kind) => {
    const own = pages.filter((page) => page.kind === kind)
    if (own.length < BOILERPLATE.least) return []
    const counts = new Map<bigint, { count: number; first: ShopDocument }>()
    for (const page of own)
      for (const sentence of safeHashes(page)) {
        const known = counts.get(sentence)
        counts.set(sentence, { count: (known?.count ?? 0) + 1, first: known?.first ?? page })
      }
    return [...counts]
      .filter(([, { count }]) => count >= BOILERPLATE.share * own.length)
      .sort(([left, { count: one }], [right, { count: two }]) => two - one || (left < right ? -1 : 1))
      .slice(0, BOILERPLATE.most)
      .flatMap(([sentence, { first }]) => {
        const text = sentencesIn(first).find((one) => sentenceHash(one) === sentence)
        if (text === undefined || !isLeftOut(text, kind)) return []
        return [{ source, kind, sentence, words: plainWords(text).join(' '), keeper: first.id }]
      })
  })
}

/** A page that is refused when its turn comes says nothing here. */
function safeHashes(page: ShopDocument): bigint[] {
  try {
    return sentenceHashes(page)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return []
  }
}
