/** A sentence, list item, table row or heading of a text. `lead` is the span that introduces a list or table. */
export type Span = {
  start: number
  end: number
  kind: 'sentence' | 'item' | 'row' | 'heading'
  /** Paragraph or list the span belongs to. */
  block: number
  /** Index of the line that ends in a colon before a list; −1 without one. */
  lead: number
  /** Rows: index of the table's row of column names; −1 without one. */
  head: number
}

const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|approx|incl|excl|no|nr|st|mr|mrs|ms|dr|prof|sr|jr|vs|ca|c|inc|ltd|co|gen|col|lt|sgt|u\.s|u\.k|z\.b|d\.h|bzw|inkl|zzgl|max|min|tel|art|fig|vol|p|pp|\p{L})\.$/iu
const BOUNDARY = /[.!?…]+["'”’)\]]*(?:\s*\[\d+\])*\s+(?=["'“‘([]*[\p{Lu}\p{N}])/gu

/** Cuts Markdown or plain text into spans, in order. Markers (`-`, `1.`, `#`) stay outside; offsets are those of `text`. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = []
  let block = 0
  let lead = -1
  let head = -1
  let blank = true
  for (const { line, start } of linesOf(text)) {
    const body = line.trim()
    if (!body) {
      blank = true
      continue
    }
    if (/^(?:[-*_=]\s?){3,}$/.test(body)) continue
    if (/^\|?[\s:|-]+\|?$/.test(body)) {
      // The line under a table's first row makes that row its column names.
      const last = spans.at(-1)
      if (last?.kind === 'row') {
        last.kind = 'heading'
        head = spans.length - 1
      }
      continue
    }
    const marker = /^\s*(?:#{1,6}\s+|(?:[-*+•]|\d{1,3}[.)])\s+|>\s+)?/.exec(line)?.[0] ?? ''
    const kind = kindOf(marker, body)
    const from = start + (marker.trim() ? marker.length : line.length - line.trimStart().length)
    const to = start + line.trimEnd().length
    const listed = kind === 'item' || kind === 'row'
    if (blank && !listed) lead = -1
    if (kind !== 'row') head = -1
    if (blank || kind === 'heading') block += 1
    blank = kind === 'heading'
    const place = { block, lead: listed ? lead : -1, head }
    if (kind === 'sentence' || kind === 'item')
      for (const piece of sentences(text, from, to)) spans.push({ ...piece, kind, ...place })
    else spans.push({ start: from, end: to, kind, ...place })
    if (!listed) lead = body.endsWith(':') ? spans.length - 1 : -1
    if (!listed && lead >= 0) blank = false
  }
  return spans
}

function kindOf(marker: string, body: string): Span['kind'] {
  if (/^\s*#/.test(marker)) return 'heading'
  if (body.startsWith('|')) return 'row'
  return /^\s*(?:[-*+•]|\d)/.test(marker) ? 'item' : 'sentence'
}

function* linesOf(text: string) {
  let start = 0
  for (const line of text.split('\n')) {
    yield { line, start }
    start += line.length + 1
  }
}

function sentences(text: string, from: number, to: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  const body = text.slice(from, to)
  let start = 0
  for (const match of body.matchAll(BOUNDARY)) {
    const end = match.index + match[0].trimEnd().length
    if (match[0].startsWith('.') && ABBREVIATION.test(body.slice(0, match.index + 1))) continue
    found.push({ start: from + start, end: from + end })
    start = match.index + match[0].length
  }
  if (start < body.length) found.push({ start: from + start, end: to })
  return found
}

/** The span as a shopper reads it: emphasis marks and table bars off, nothing added but a colon between cells. */
export function readable(text: string): string {
  const row = /^\|(.*?)\|?$/s.exec(text.trim())
  const body = row
    ? (row[1] ?? '')
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(': ')
    : text
  return body
    .replace(/(\*\*|__|`)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
