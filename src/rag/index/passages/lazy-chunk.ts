import type { Chunk } from '#domain/document.ts'

/** What ranking looks at in every hit. */
export type ChunkHead = Pick<Chunk, 'id' | 'documentId' | 'kind' | 'contentHash' | 'question'>

const READ = Symbol('read')
type Lazy = Chunk & { [READ]?: () => Chunk }

/** Everything else; complete, since the compiler asks for each field. */
const FURTHER: Record<Exclude<keyof Chunk, keyof ChunkHead>, true> = {
  documentVersion: true,
  position: true,
  title: true,
  headingPath: true,
  aliases: true,
  text: true,
  locale: true,
  language: true,
  audience: true,
  scope: true,
  validFrom: true,
  validUntil: true,
  url: true,
  sku: true,
  category: true,
  attributes: true,
  measures: true,
  price: true,
  availability: true,
  image: true,
  shortened: true,
  updatedAt: true,
}
const PROTOTYPE = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.keys(FURTHER).map((name) => [
      name,
      {
        get(this: Lazy) {
          return wholeChunk(this)[name as keyof Chunk]
        },
      },
    ]),
  ),
)

/**
 * A chunk of which only the head is there and the rest is `read` when first asked for: of some hundred and fifty hits a question
 * shows ten. It is no plain object: what leaves the ranking goes through `wholeChunk`.
 */
export function lazyChunk({ id, documentId, kind, contentHash, question }: ChunkHead, read: () => Chunk): Chunk {
  return { __proto__: PROTOTYPE, id, documentId, kind, contentHash, question, [READ]: read } as unknown as Chunk
}

/** The plain chunk, of a lazy one or of one that is plain already. */
export function wholeChunk(chunk: Chunk): Chunk {
  return (chunk as Lazy)[READ]?.() ?? chunk
}
