import type { Block } from '../sources/block.ts'
import { type Atom, atomsOf } from './atoms.ts'
import { isLimitingHeading } from './exceptions.ts'
import { sentencesOf, wordCount } from './sentences.ts'

/** The embedder reads 256 tokens, about 180 English words. */
const PASSAGE_WORDS = 180
/** A last short atom may run over rather than stand alone. */
const RUNT_WORDS = 30
/** A limit stays with its rule up to this size. */
const GLUED_WORDS = 400
/** What moves to the next passage with the list or the limit it belongs to. */
const CARRIED_WORDS = 90
const OVERLAP_WORDS = 45
/** 800 tokens at about 1.35 tokens a word: above, a product or an answer is cut by section. */
const WHOLE_WORDS = 590

export type CutPassage = { headingPath: string[]; text: string }
type Section = { path: string[]; blocks: Block[] }

/** Policies and articles: by section with the heading path; a cut section repeats the last sentences before the cut. */
export function cutBySection(blocks: Block[], title: string): CutPassage[] {
  return sectionsOf(blocks, title).flatMap(({ path, blocks: inside }) =>
    pack(atomsOf(inside)).map((text) => ({ headingPath: path, text })),
  )
}

/** Products and answers: one passage, however many headings, unless it is over 800 tokens; then small sections share passages. */
export function cutWhole(blocks: Block[], title: string): CutPassage[] {
  const rest = withoutTitle(blocks, title)
  const atoms = atomsOf(rest)
  if (atoms.reduce((sum, { words }) => sum + words, 0) <= WHOLE_WORDS)
    return atoms.length ? [{ headingPath: [], text: joinAtoms(atoms) }] : []
  const passages: CutPassage[] = []
  let open: Section[] = []
  let words = 0
  const close = () => {
    const [first] = open
    if (!first) return
    // A section alone is named by its path; several together keep their headings in the text.
    const inside = open.length === 1 ? first.blocks : open.flatMap(headed)
    const headingPath = open.length === 1 ? first.path : sharedPath(open.map(({ path }) => path))
    for (const text of pack(atomsOf(inside))) passages.push({ headingPath, text })
    open = []
    words = 0
  }
  for (const section of sectionsOf(rest, title)) {
    const more = atomsOf(headed(section)).reduce((sum, atom) => sum + atom.words, 0)
    if (words + more > PASSAGE_WORDS) close()
    open.push(section)
    words += more
  }
  close()
  return passages
}

function sectionsOf(blocks: Block[], title: string): Section[] {
  const sections: Section[] = []
  let path: { level: number; text: string }[] = []
  let current: Section = { path: [], blocks: [] }
  const close = () => void (current.blocks.length && sections.push(current))
  for (const block of withoutTitle(blocks, title)) {
    if (block.kind !== 'heading') {
      current.blocks.push(block)
      continue
    }
    path = [...path.filter(({ level }) => level < block.level), block]
    if (isLimitingHeading(block.text) && current.blocks.length > 0) {
      // "Exceptions" on its own answers nothing: it goes on in the section of the rule.
      current.blocks.push(block)
      continue
    }
    close()
    current = { path: path.map(({ text }) => text), blocks: [] }
  }
  close()
  return sections
}

/** Without a first heading that only says the title again. */
function withoutTitle(blocks: Block[], title: string): Block[] {
  const at = blocks.findIndex(({ kind }) => kind === 'heading')
  const heading = blocks[at]
  return heading?.kind === 'heading' && bare(heading.text) === bare(title) ? blocks.toSpliced(at, 1) : blocks
}

const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function headed({ path, blocks }: Section): Block[] {
  const text = path.at(-1)
  return text ? [{ kind: 'heading', level: path.length, text }, ...blocks] : blocks
}

function sharedPath(paths: string[][]): string[] {
  const [first = [], ...rest] = paths
  const end = first.findIndex((text, at) => rest.some((path) => path[at] !== text))
  return end < 0 ? first : first.slice(0, end)
}

function pack(atoms: Atom[]): string[] {
  const groups: Atom[][] = []
  let words = 0
  for (const atom of atoms) {
    const open = groups.at(-1)
    const fits =
      words + atom.words <= PASSAGE_WORDS ||
      (atom.words <= RUNT_WORDS && words + atom.words <= PASSAGE_WORDS + RUNT_WORDS)
    if (open && (fits || (atom.glued && words + atom.words <= GLUED_WORDS))) {
      open.push(atom)
      words += atom.words
      continue
    }
    // What belongs to the atom (a lead-in, the rule a limit limits) moves with it instead of ending the passage before.
    const carried = atom.glued && open ? open.splice(leadStart(open)) : []
    const overlap = carried.length || !open ? [] : overlapOf(open.at(-1), atom)
    groups.push([...overlap, ...carried, atom])
    words = [...overlap, ...carried, atom].reduce((sum, one) => sum + one.words, 0)
  }
  return groups.map(joinAtoms)
}

/** Where the chain of glued atoms at the end of `open` begins, or as much of its end as may move. */
function leadStart(open: Atom[]): number {
  let words = 0
  for (let at = open.length - 1; at > 0; at--) {
    words += open[at]?.words ?? 0
    if (words > CARRIED_WORDS) return at + 1
    if (!open[at]?.glued) return at
  }
  return Math.min(1, open.length)
}

/** The last one or two sentences of running text, so that a cut in the middle of a thought can still be read. */
function overlapOf(last: Atom | undefined, next: Atom): Atom[] {
  if (!last?.prose || !next.prose) return []
  const tail: string[] = []
  for (const sentence of sentencesOf(last.text).slice(-2).reverse()) {
    if (wordCount([sentence, ...tail].join(' ')) > OVERLAP_WORDS) break
    tail.unshift(sentence)
  }
  const text = tail.join(' ')
  return text ? [{ text, words: wordCount(text), glued: false, joint: '\n\n', prose: true }] : []
}

function joinAtoms(atoms: Atom[]): string {
  return atoms.reduce((text, atom, at) => (at === 0 ? atom.text : text + atom.joint + atom.text), '')
}
