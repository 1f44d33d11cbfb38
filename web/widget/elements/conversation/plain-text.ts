import { html, nothing, type TemplateResult } from 'lit/html.js'

const LINK = /(https?:\/\/[^\s<>"'()]*[^\s<>"'().,;:!?])/g
const BULLET = /^\s*[-*•]\s+/
const DELIMITER = /^[\s|:-]+$/

/** Something to be drawn right behind the character at `end` of the text. */
export type Mark = { end: number; drawn: TemplateResult }

/**
 * Foreign text as paragraphs and lists, never as HTML. Blank lines part paragraphs; lines that begin with a bullet are a list,
 * and lines that begin with a bar are a table. Only addresses with http(s) become links, by `link`. `marks` are in ascending order of their place.
 */
export function plainText(text: string, link: (url: string) => string | null, marks: Mark[] = []): TemplateResult[] {
  let at = 0
  return text.split(/(\n{2,})/).map((block, index) => {
    const start = at
    at += block.length
    return index % 2 || !block.trim() ? html`` : drawBlock(block, start, link, marks)
  })
}

function drawBlock(block: string, start: number, link: (url: string) => string | null, marks: Mark[]): TemplateResult {
  const lines: { text: string; at: number; bullet: boolean }[] = []
  let at = start
  for (const line of block.split('\n')) {
    const bullet = BULLET.exec(line)?.[0] ?? ''
    lines.push({ text: line.slice(bullet.length), at: at + bullet.length, bullet: bullet !== '' })
    at += line.length + 1
  }
  const draw = ({ text, at }: { text: string; at: number }) => drawLine(text, at, link, marks)
  if (block.startsWith('|'))
    return drawTable(lines, ({ text, at }) => drawLine(text, at, link, marks, (part) => part.replaceAll('\\|', '|')))
  const first = lines.findIndex(({ bullet }) => bullet)
  const prose = first < 0 ? lines : lines.slice(0, first)
  const list = first < 0 ? [] : lines.slice(first)
  return html`${prose.length ? html`<p>${prose.map((line, index) => [index ? html`<br />` : nothing, draw(line)])}</p>` : nothing}
  ${list.length ? html`<ul>${list.map((line) => html`<li>${draw(line)}</li>`)}</ul>` : nothing}`
}

type Piece = { text: string; at: number }

/** Each row is drawn as it comes, the first as the head, so that nothing changes its place while the answer arrives. */
function drawTable(lines: Piece[], draw: (piece: Piece) => unknown): TemplateResult {
  const [head = [], ...rows] = lines.filter(({ text }) => text.trim() && !DELIMITER.test(text)).map(cellsOf)
  const cell = (piece: Piece) => html`<td dir="auto">${draw(piece)}</td>`
  return html`<table>
    <thead><tr>${head.map((piece) => (piece.text ? html`<th scope="col" dir="auto">${draw(piece)}</th>` : cell(piece)))}</tr></thead>
    <tbody>${rows.map(([name, ...cells]) => html`<tr>${name ? html`<th scope="row" dir="auto">${draw(name)}</th>` : nothing}${cells.map(cell)}</tr>`)}</tbody>
  </table>`
}

function cellsOf({ text, at }: Piece): Piece[] {
  let from = at + 1
  // A bar of a cell's own text has a backslash before it.
  const inside = text
    .trimEnd()
    .replace(/(?<!\\)\|$/, '')
    .slice(1)
  return inside.split(/(?<!\\)\|/).map((part) => {
    const start = from + part.length - part.trimStart().length
    from += part.length + 1
    return { text: part.trim(), at: start }
  })
}

function drawLine(
  text: string,
  start: number,
  link: (url: string) => string | null,
  marks: Mark[],
  read = (part: string) => part,
) {
  const end = start + text.length
  const inside = marks.filter((mark) => mark.end > start && mark.end <= end)
  const cuts = [start, ...inside.map((mark) => mark.end), end]
  return cuts
    .slice(1)
    .map((cut, index) => [
      withLinks(read(text.slice((cuts[index] ?? start) - start, cut - start)), link),
      inside[index]?.drawn ?? nothing,
    ])
}

function withLinks(text: string, link: (url: string) => string | null) {
  return text.split(LINK).map((part, index) => {
    const href = index % 2 ? link(part) : null
    return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${part}</a>` : part
  })
}
