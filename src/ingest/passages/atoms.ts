import { type Block, blockText } from '../sources/block.ts'
import { limitsWhatCameBefore } from './exceptions.ts'
import { cutByWords, sentencesOf, wordCount } from './sentences.ts'

/** A paragraph longer than this (words) is cut between sentences; shorter ones stay whole. */
const LONGEST_PARAGRAPH = 210
/** Lists and tables are never cut below this many words; above, between items or rows with what introduces them repeated. */
const LONGEST_WHOLE = 600

/** The smallest unit that is never cut. `glued`: only makes sense after the one before. `joint`: what stands between the two. */
export type Atom = {
  text: string
  words: number
  glued: boolean
  joint: ' ' | '\n' | '\n\n' /** Running text, whose last sentences may be repeated as overlap. */
  prose: boolean
}

/** A section's blocks as atoms: lists and tables whole, a lead-in with what it leads to, a limit with its rule. */
export function atomsOf(blocks: Block[]): Atom[] {
  const atoms: Atom[] = []
  let leadIn = ''
  for (const block of blocks) {
    const fresh = blockAtoms(block, leadIn)
    const [first] = fresh
    if (!first) continue
    if (atoms.length > 0 && (leadIn || (block.kind !== 'table' && limitsWhatCameBefore(first.text)))) first.glued = true
    for (const atom of fresh) atoms.push(atom)
    leadIn = leadsOn(block) ? blockText(block, false) : ''
  }
  return atoms
}

function blockAtoms(block: Block, leadIn: string): Atom[] {
  const text = blockText(block, false)
  const words = wordCount(text)
  const whole: Atom = {
    text,
    words,
    glued: false,
    joint: '\n\n',
    prose: block.kind === 'paragraph',
  }
  if (block.kind === 'paragraph' && words > LONGEST_PARAGRAPH) return sentenceAtoms(text)
  if (block.kind === 'list' && words > LONGEST_WHOLE) return cutRows(block.items, wordCount(leadIn) < 60 ? leadIn : '')
  if (block.kind === 'table' && words > LONGEST_WHOLE) return cutRows(block.rows, block.header)
  if (words > LONGEST_WHOLE) return cutRows(text.split('\n'), '')
  return [whole]
}

function sentenceAtoms(text: string): Atom[] {
  return sentencesOf(text).flatMap((sentence, at) =>
    cutEndless(sentence).map((part, piece) => ({
      text: part,
      words: wordCount(part),
      glued: piece === 0 && at > 0 && limitsWhatCameBefore(part),
      joint: at === 0 && piece === 0 ? ('\n\n' as const) : (' ' as const),
      prose: true,
    })),
  )
}

/** Text without a full stop for pages is no sentence: it is cut by words, so that no passage is endless. */
function cutEndless(sentence: string): string[] {
  return wordCount(sentence) <= LONGEST_PARAGRAPH ? [sentence] : cutByWords(sentence, LONGEST_PARAGRAPH)
}

/** Groups of rows of about a third of the most, each under `head`; the first group follows a head that stands there already when it is a lead-in. */
function cutRows(rows: string[], head: string): Atom[] {
  const groups: string[][] = []
  let words = 0
  for (const row of rows) {
    const last = groups.at(-1)
    const more = wordCount(row)
    if (!last || words + more > LONGEST_WHOLE / 3) {
      groups.push([row])
      words = more
    } else {
      last.push(row)
      words += more
    }
  }
  return groups.map((group, at) => {
    const repeatsLeadIn = head !== '' && !head.startsWith('|')
    const lines = head === '' || (repeatsLeadIn && at === 0) ? group : [head, ...group]
    const text = lines.join('\n')
    return { text, words: wordCount(text), glued: false, joint: '\n\n', prose: false }
  })
}

/** "The following apply:" or a line without a full stop that works as a small heading: useless without what follows. */
function leadsOn(block: Block): boolean {
  if (block.kind === 'heading') return true
  if (block.kind !== 'paragraph') return false
  return /:\s*$/.test(block.text) || (wordCount(block.text) <= 8 && !/[.!?…]["'”’)]*\s*$/.test(block.text))
}
