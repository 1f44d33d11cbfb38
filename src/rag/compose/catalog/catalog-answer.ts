import type { RetrievalResult } from '../../retrieval.port.ts'
import type { CatalogFinding } from '../../understand/catalog/catalog.port.ts'
import type { Question } from '../../understand/understanding.port.ts'
import { words } from '../../understand/words.ts'
import { choiceOf } from '../clarification.ts'
import type { Candidate, Clarification } from '../composer.port.ts'
import { attributeAnswer } from '../listing/attribute.ts'
import type { ProductMatch } from '../listing/product.ts'
import { passageOf } from './facts.ts'
import { sideBySide } from './side-by-side.ts'
import { wantedProducts } from './wanted-products.ts'

/** What the shop does is no field of a product, though a product's name may have one of the words (`do you ship to the moon`). */
const ASKED_OF_THE_SHOP =
  /^\s*(?:do|can|could|would|will) you (?!have|sell|stock|carry|offer)|^\s*(?:liefert|versendet|verschickt|schickt|könnt|macht) ihr\b/i

export type CatalogAnswer = { candidate: Candidate | null; clarification: Clarification | null }

/**
 * What the fields of the whole catalog answer: products that fit, two side by side, a field of the one product a name stands for,
 * or the question back that settles it. Null where the passages have to. `named`: the product the passages' titles gave.
 */
export function catalogAnswer(
  question: Question,
  found: RetrievalResult,
  named: ProductMatch | null,
): CatalogAnswer | null {
  const { catalog } = found
  if (!catalog) return null
  if (catalog.kind === 'one_sided') return { candidate: null, clarification: null }
  if (catalog.kind === 'comparison') return answered(sideBySide(question, catalog, found))
  // What has it is no answer to who asks for what has it not.
  if (catalog.kind === 'list' && catalog.denying)
    return { candidate: wantedProducts(question, catalog, found), clarification: null }
  if (catalog.kind === 'list' && named && isItself(named, catalog)) {
    const field = attributeAnswer(question, named, found.passages)
    if (field && field !== 'differs') return answered(field)
  }
  if (catalog.kind === 'list')
    // `What length does the … have` asks a field of the one product it names.
    return catalog.typed ||
      (catalog.seeking && !isOne(named, catalog.total)) ||
      question.browsing ||
      (catalog.phrase && catalog.total > 1 && named?.share !== 1)
      ? answered(wantedProducts(question, catalog, found))
      : null
  if (catalog.kind === 'unclear') {
    const guessed = catalog.about === 'product' || catalog.about === 'spelling'
    if (guessed && (named || ASKED_OF_THE_SHOP.test(question.asked))) return null
    return { candidate: null, clarification: choiceOf(question, catalog) }
  }
  if (named) return null
  const passage = passageOf(catalog.chunk, found)
  const share = Math.min(
    1,
    catalog.explained.length / Math.max(1, words(catalog.chunk.title, question.language).length),
  )
  const field = attributeAnswer(question, { chunks: [catalog.chunk], share }, [passage, ...found.passages])
  return field === 'differs' ? null : answered(field)
}

// `The duffel bag, 70 l`: its size is part of its name, and something else is asked of it.
const isItself = (named: ProductMatch, { fitting, total }: Extract<CatalogFinding, { kind: 'list' }>) =>
  named.share === 1 && total === 1 && fitting[0]?.documentId === named.chunks[0].documentId

// The whole name of one product, or words that only that one has.
const isOne = (named: ProductMatch | null, total: number) => named !== null && (named.share === 1 || total === 1)

const answered = (candidate: Candidate | null): CatalogAnswer | null => candidate && { candidate, clarification: null }
