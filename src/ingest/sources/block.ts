/**
 * A piece of a document's structure, in reading order. Texts are plain: markup stripped, words as the shop wrote them.
 * List items keep their marker and their indentation; table rows are `| a | b |`, `header` with its delimiter line.
 */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; header: string; rows: string[] }
  | { kind: 'code'; text: string }

/** The text a reader sees; headings with their `#` when `marked`. */
export function blockText(block: Block, marked: boolean): string {
  if (block.kind === 'heading') return marked ? `${'#'.repeat(block.level)} ${block.text}` : block.text
  if (block.kind === 'list') return block.items.join('\n')
  if (block.kind === 'table') return [block.header, ...block.rows].join('\n')
  return block.text
}

/** A table row from its cells; a line break or a bar inside a cell would end the row early. */
export function tableRow(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '/').trim()).join(' | ')} |`
}

/** The line under a header of `columns` cells. */
export function tableDelimiter(columns: number): string {
  return `|${' --- |'.repeat(Math.max(1, columns))}`
}

/** One space between words, no spaces at line ends, no blank lines. */
export function tidyText(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
}

/** A line at least this long without a stop at its end was wrapped by the author's editor; what follows is the same line. */
const WRAPPED_LINE = 60

/** Running text with the editor's line breaks taken out and the author's kept. */
export function joinWrappedLines(text: string): string {
  const lines = text.split('\n')
  return lines.reduce((joined, line, at) => {
    if (at === 0) return line
    const before = lines[at - 1] ?? ''
    return joined + (before.length >= WRAPPED_LINE && !/[.:!?]\s*$/.test(before) ? ' ' : '\n') + line
  }, '')
}
