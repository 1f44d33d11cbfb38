import type { RepeatedWords } from '#db/findings/boilerplate.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import type { DocumentId } from '#domain/ids.ts'
import { plainWords } from '../findings/likeness.ts'
import { sentencesOf } from '../passages/sentences.ts'
import type { Block } from '../sources/block.ts'

/** Repeated sentences of one source and kind by their words, each with the document that keeps it. */
export type Repeated = ReadonlyMap<string, DocumentId>
export const NOTHING_REPEATED: Repeated = new Map()

/** A sentence with a number, a price, a condition or a negation says something, however often: `Returns within 30 days`. */
const SAYS_SOMETHING =
  /[\d€$£¥%@]|(?<!\p{L})(?:not?|never|nor|only|must|unless|except(?:ions?|ing)?|exclud\p{L}*|if|when|until|without|provided|however|cannot|\p{L}+n['’]t|nicht|kein\p{L}*|nie|nur|muss|müssen|außer|ausgenommen|ausgeschlossen|wenn|falls|sofern|bis|ohne|jedoch)(?!\p{L})/iu

/** Whether passages do without a sentence that most pages repeat. An FAQ's answer is its answer, also where many are alike. */
export function isLeftOut(sentence: string, kind: string): boolean {
  return kind !== 'faq' && !SAYS_SOMETHING.test(sentence)
}

/** What of a shop's repeated sentences concerns documents of a source, by their kind. */
export function repeatedIn(all: RepeatedWords[], source: string): (kind: string) => Repeated {
  const kinds = new Map<string, Map<string, DocumentId>>()
  for (const one of all) {
    if (one.source !== source) continue
    const words = kinds.get(one.kind) ?? new Map<string, DocumentId>()
    kinds.set(one.kind, words.set(one.words, one.keeper))
  }
  return (kind) => kinds.get(kind) ?? NOTHING_REPEATED
}

/**
 * The blocks without the repeated sentences that another document keeps; what is left stays as it was. Gives the blocks
 * themselves when there is none, or nothing else.
 */
export function withoutRepeated(blocks: Block[], { id, kind }: ShopDocument, repeated: Repeated): Block[] {
  if (repeated.size === 0 || kind === 'faq') return blocks
  const goes = (sentence: string) => {
    const keeper = repeated.get(plainWords(sentence).join(' '))
    return keeper !== undefined && keeper !== id
  }
  let cut = false
  const left = blocks.flatMap((block): Block[] => {
    if (block.kind === 'paragraph') {
      const text = withoutSentences(block.text, goes)
      if (text === block.text) return [block]
      cut = true
      return text ? [{ kind: 'paragraph', text }] : []
    }
    if (block.kind !== 'list') return [block]
    const items = block.items.filter((item) => !goes(item))
    if (items.length === block.items.length) return [block]
    cut = true
    return items.length ? [{ kind: 'list', items }] : []
  })
  return cut && left.some(({ kind }) => kind !== 'heading') ? left : blocks
}

function withoutSentences(text: string, goes: (sentence: string) => boolean): string {
  let rest = text
  for (const sentence of new Set(sentencesOf(text).filter(goes))) rest = rest.replaceAll(sentence, '')
  return rest === text
    ? text
    : rest
        .replace(/[^\S\n]{2,}/g, ' ')
        .replace(/ ?\n[ \n]*/g, '\n')
        .trim()
}
