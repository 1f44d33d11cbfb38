/** Words after which a full stop ends no sentence. */
const ABBREVIATIONS = new Set(
  'e.g i.e etc vs approx no nos mr mrs ms dr st inc ltd co corp fig min max incl excl z.b d.h bzw ca usw ggf inkl exkl nr str zzgl vgl sog'.split(
    ' ',
  ),
)

/** Cuts running text into sentences; joined with single spaces they give the text back, line breaks aside. One pass, never throws. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = []
  let start = 0
  for (const match of text.matchAll(/[.!?…]["'”’»)\]]*\s+|[。！？]|\n+/g)) {
    const end = match.index + match[0].length
    if (/^(\s+|[。！？])$/.test(match[0]) || isEnd(text, match.index, end)) {
      push(sentences, text.slice(start, end))
      start = end
    }
  }
  push(sentences, text.slice(start))
  return sentences
}

function push(sentences: string[], sentence: string): void {
  const trimmed = sentence.trim()
  if (trimmed) sentences.push(trimmed)
}

function isEnd(text: string, stop: number, next: number): boolean {
  if (!/[\p{Lu}\p{N}"'“‘«„(¿¡*-]/u.test(text.slice(next, next + 2))) return false
  if (text[stop] !== '.') return true
  const word = /[\p{L}\p{N}.]{0,12}$/u.exec(text.slice(Math.max(0, stop - 12), stop))?.[0].toLowerCase() ?? ''
  // A single letter or a small number before the stop is an initial or a list number.
  return !ABBREVIATIONS.has(word) && !/^(\p{L}|\d{1,2})$/u.test(word)
}

/** A run this long is no single word: a text in a script without spaces, an address, a table of figures. */
const LONGEST_WORD = 40
const CHARACTERS_A_WORD = 6

/** Words as the embedder's budget counts them: runs without white space, long ones by their length. */
export function wordCount(text: string): number {
  let words = 0
  for (const [run] of text.matchAll(/\S+/g))
    words += run.length <= LONGEST_WORD ? 1 : Math.ceil(run.length / CHARACTERS_A_WORD)
  return words
}

/** Pieces of at most `most` words each, cut between runs where there are any. */
export function cutByWords(text: string, most: number): string[] {
  const pieces: string[] = []
  let open = ''
  let words = 0
  for (const [run] of text.matchAll(new RegExp(`\\S{1,${most * CHARACTERS_A_WORD}}\\s*`, 'g'))) {
    const more = wordCount(run)
    if (open && words + more > most) {
      pieces.push(open.trim())
      open = ''
      words = 0
    }
    open += run
    words += more
  }
  if (open.trim()) pieces.push(open.trim())
  return pieces
}
