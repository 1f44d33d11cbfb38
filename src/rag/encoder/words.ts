/** Letters and digits, held together by what stands inside names, numbers and article numbers. */
const RUN = /[\p{L}\p{N}\p{M}]+(?:['’._\-/,:+][\p{L}\p{N}\p{M}]+)*/gu
const NUMBER = /^\d+(?:[.,]\d+)*$/
const THOUSANDS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/
/** `500ml`, `2.5kg`: a number with its unit written close. */
const WITH_UNIT = /^(\d+(?:\.\d+)?)([a-z]{1,5})$/
/** Longer joins are sentences without spaces, not names. */
const LONGEST_JOIN = 32

/** `beside`: another spelling of its neighbours (`ab-12` also as `ab12`), which has no place of its own in the sentence. */
export type Word = { text: string; beside: boolean }

/** The words of a text, lower case, in reading order. `AB-1234` gives `ab`, `1234` and beside them `ab1234`; `1,299.00` gives `1299`. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUN)) {
    if (isPlain(run)) words.push({ text: run, beside: false })
    else split(run, words)
  }
  return words
}

/** Letters and digits alone, lower case: how two spellings of an article number are compared. */
export function bareKey(text: string): string {
  return fold(text.normalize('NFKC').toLowerCase()).replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The words of a name without what separates them: how a name is found again inside a question. */
export function nameKey(text: string): string {
  return wordsOf(text)
    .filter(({ beside }) => !beside)
    .map((word) => bareKey(word.text))
    .join('')
}

/** Without accents; `ß` as `ss`. */
export function fold(word: string): string {
  if (isAscii(word)) return word
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
}

function split(run: string, words: Word[]): void {
  if (NUMBER.test(run) && !/^\d+(?:\.\d+){2,}$/.test(run)) {
    words.push({ text: plainNumber(run), beside: false })
    return
  }
  const parts = run
    .replaceAll('’', "'")
    .replace(/'s$|'$/, '')
    .split(/[._\-/,:+']/)
  for (const part of parts) if (part) unitApart(part, words)
  if (parts.length > 1) {
    const joined = parts.join('')
    if (joined.length <= LONGEST_JOIN && !run.includes('/') && !run.includes(','))
      words.push({ text: joined, beside: true })
  }
}

function unitApart(part: string, words: Word[]): void {
  words.push({ text: part, beside: false })
  const match = WITH_UNIT.exec(part)
  if (match?.[1] && match[2]) words.push({ text: match[1], beside: true }, { text: match[2], beside: true })
}

/** A number one way: no thousands marks, a point before decimals, no empty decimals. */
function plainNumber(run: string): string {
  let number = run
  if (THOUSANDS.test(run)) {
    const decimals = Math.max(run.lastIndexOf('.'), run.lastIndexOf(','))
    const grouping = /[.,]/.exec(run)?.[0] ?? ','
    const hasDecimals = run[decimals] !== grouping
    number = run.replaceAll(grouping, '')
    if (hasDecimals) number = number.replace(',', '.')
  } else number = run.replace(',', '.')
  return number.replace(/\.0+$/, '')
}

function isPlain(run: string): boolean {
  for (let place = 0; place < run.length; place += 1) {
    const code = run.charCodeAt(place)
    if (code < 97 || code > 122) return false
  }
  return true
}

function isAscii(word: string): boolean {
  for (let place = 0; place < word.length; place += 1) if (word.charCodeAt(place) > 127) return false
  return true
}
