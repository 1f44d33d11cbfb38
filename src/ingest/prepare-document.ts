import { createHash } from 'node:crypto'
import type { PreparedDocument } from '#db/knowledge/documents.port.ts'
import type { Chunk, ShopDocument } from '#domain/document.ts'
import { Fault } from '#domain/fault.ts'
import { NOTHING_REPEATED, type Repeated, withoutRepeated } from './boilerplate/repeated-sentences.ts'
import { type CutPassage, cutBySection, cutWhole } from './passages/cut-passages.ts'
import { detectLanguage } from './passages/language.ts'
import { measuresOf } from './passages/measures.ts'
import { type Block, blockText } from './sources/block.ts'
import { documentBlocks, withoutControls } from './sources/document-blocks.ts'

/** Part of every document's hash: content prepared by older rules counts as changed when it is sent again. */
const PREPARATION = 3
/** Passages of one document; all of them change hands in one transaction. */
const MOST_PASSAGES = 2_500

/**
 * Cleans a document and cuts it into passages; the same document always gives the same result. Passages hold words of the
 * text in its order (markup stripped), so that what is quoted from them stands in what the shop sent; title, SKU, category and
 * attributes travel beside the text. Sentences of `repeated` are left out where another document keeps them. Throws Fault user `ingest.document.too_large`, `ingest.document.too_deep`.
 * Source: docs on answering, "From content to chunks".
 */
export function prepareDocument(document: ShopDocument, repeated: Repeated = NOTHING_REPEATED): PreparedDocument {
  const whole = documentBlocks(document.text)
  const blocks = withoutRepeated(whole, document, repeated)
  const title = oneLine(document.title)
  const byPart = document.kind === 'policy' || document.kind === 'article'
  const cut = byPart ? cutBySection(blocks, title) : cutWhole(blocks, title)
  // A product without a description is still found by its title and attributes.
  const passages = cut.length || document.kind !== 'product' ? cut : [{ headingPath: [], text: '' }]
  if (passages.length > MOST_PASSAGES)
    throw new Fault({
      kind: 'user',
      code: 'ingest.document.too_large',
      status: 413,
      message: `The text falls into ${passages.length} passages; ${MOST_PASSAGES} are the most. Send it as several documents.`,
    })
  const cleanText = whole.map((block: Block) => blockText(block, true)).join('\n\n')
  const locale = document.locale ?? detectLanguage(`${title}\n${cleanText}`)
  return {
    document,
    cleanText,
    contentHash: documentHash(document),
    ...(locale ? { locale } : {}),
    chunks: passages.map((passage, position) => ({
      ...chunkOf(document, title, passage, position, locale),
      ...(blocks === whole ? {} : { shortened: true as const }),
    })),
  }
}

/** The content hash that prepareDocument gives, without preparing: what is stored under it needs no more work. */
export function documentHash(document: ShopDocument): string {
  return hash([PREPARATION, document])
}

function chunkOf(
  document: ShopDocument,
  title: string,
  { headingPath, text }: CutPassage,
  position: number,
  language: string | undefined,
): PreparedDocument['chunks'][number] {
  const { kind, locale, audience, validFrom, validUntil, url, sku, category, price, availability, image } = document
  const question = kind === 'faq' ? title : undefined
  const aliases = (document.aliases ?? []).map(oneLine).filter(Boolean)
  const attributes = document.attributes ?? {}
  const measures = measuresOf(attributes, language)
  const scope = document.scope ?? {}
  const chunk: PreparedDocument['chunks'][number] = {
    kind,
    position,
    title,
    headingPath,
    ...(question ? { question } : {}),
    aliases,
    text,
    contentHash: hash([
      title,
      headingPath,
      question ?? null,
      aliases,
      text,
      attributes,
      sku ?? null,
      category ?? null,
      scope.brand ?? null,
    ]),
    scope,
    attributes,
    ...(Object.keys(measures).length ? { measures } : {}),
  }
  const optional: Partial<Chunk> = {
    locale,
    language,
    audience,
    validFrom,
    validUntil,
    url,
    sku,
    category,
    price,
    availability,
    image,
  }
  for (const [name, value] of Object.entries(optional)) if (value !== undefined) Object.assign(chunk, { [name]: value })
  return chunk
}

function oneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim()
}

function hash(value: unknown): string {
  return createHash('sha256').update(sortedJson(value)).digest('hex')
}

/** JSON with object keys in one order, so that equal content has equal text. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  )
}
