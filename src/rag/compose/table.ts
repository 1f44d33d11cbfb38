import type { Chunk } from '#domain/document.ts'
import { words } from '../understand/words.ts'
import type { Part } from './composer.port.ts'
import { readable } from './text/spans.ts'

type Place = { start: number; end: number }

/**
 * A table row as a sentence: its first cell, then each other cell behind its column's name. Columns that were asked for are told
 * alone; without any, all are. Every word is quoted; only the marks between are ours.
 */
export function rowParts(chunk: Chunk, head: Place | null, row: Place, asked: Set<string>): Part[] {
  const cells = cellsOf(chunk.text, row)
  const names = head ? cellsOf(chunk.text, head) : []
  const [first, ...others] = cells
  if (!first) return []
  const columns = others.map((cell, index) => ({ cell, name: names[index + 1] ?? null }))
  const wanted = columns.filter(
    ({ name }) => name && words(chunk.text.slice(name.start, name.end), 'en').some(({ key }) => asked.has(key)),
  )
  const parts: Part[] = [quoted(chunk, first)]
  for (const [index, { cell, name }] of (wanted.length > 0 ? wanted : columns).entries()) {
    parts.push(mark(index === 0 ? ' – ' : '; '))
    if (name && name.end > name.start) parts.push(quoted(chunk, name), mark(': '))
    parts.push(quoted(chunk, cell))
  }
  return parts.filter((part) => part.kind === 'template' || part.quote.end > part.quote.start)
}

function cellsOf(text: string, { start, end }: Place): Place[] {
  const cells: Place[] = []
  let from = start + (text[start] === '|' ? 1 : 0)
  for (let at = from; at <= end; at += 1) {
    if (at < end && (text[at] !== '|' || text[at - 1] === '\\')) continue
    const cell = text.slice(from, at)
    const lead = cell.length - cell.trimStart().length
    if (at < end || cell.trim())
      cells.push({ start: from + Math.min(lead, cell.length), end: from + Math.max(lead, cell.trimEnd().length) })
    from = at + 1
  }
  return cells
}

const quoted = (chunk: Chunk, { start, end }: Place): Part => ({
  kind: 'quote',
  quote: { chunk, start, end },
  text: readable(chunk.text.slice(start, end)),
})
const mark = (text: string): Part => ({ kind: 'template', template: 'mark', text })
