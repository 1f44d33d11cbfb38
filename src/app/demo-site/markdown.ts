import { escaped, type Html, trusted } from '../web/html.ts'
import { demoPath } from './catalog.ts'

type Block = { lines: string[]; kind: 'heading' | 'bullets' | 'numbers' | 'table' | 'text' }

/**
 * The Markdown of our own shop's texts as markup: headings (from the second level, since the page has its own first), paragraphs, lists,
 * tables, emphasis and links. Everything else stays the text it is, escaped.
 */
export function markdown(text: string): Html {
  return trusted(blocksOf(text).map(blockHtml).join('\n'))
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let open = false
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') {
      open = false
      continue
    }
    const kind = kindOf(line)
    const last = blocks.at(-1)
    if (open && last && (last.kind === kind || (kind === 'text' && last.kind !== 'heading' && last.kind !== 'table')))
      last.lines.push(line)
    else blocks.push({ kind, lines: [line] })
    open = kind !== 'heading'
  }
  return blocks
}

function kindOf(line: string): Block['kind'] {
  if (/^#{1,6} /.test(line)) return 'heading'
  if (/^\s*[-*] /.test(line)) return 'bullets'
  if (/^\s*\d+[.)] /.test(line)) return 'numbers'
  return line.trimStart().startsWith('|') ? 'table' : 'text'
}

function blockHtml({ kind, lines }: Block): string {
  if (kind === 'heading') return headingHtml(lines[0] ?? '')
  if (kind === 'table') return tableHtml(lines)
  if (kind === 'text') return `<p>${inline(lines.join(' '))}</p>`
  const tag = kind === 'bullets' ? 'ul' : 'ol'
  return `<${tag}>${itemsOf(lines)
    .map((item) => `<li>${inline(item)}</li>`)
    .join('')}</${tag}>`
}

function headingHtml(line: string): string {
  const level = Math.max(2, line.indexOf(' '))
  const title = line.slice(line.indexOf(' ') + 1)
  return `<h${level} id="${escaped(slugOf(title))}">${inline(title)}</h${level}>`
}

/** `When you get your money` → `when-you-get-your-money`. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

function itemsOf(lines: string[]): string[] {
  const items: string[] = []
  for (const line of lines) {
    const item = /^\s*(?:[-*]|\d+[.)]) (.*)$/.exec(line)?.[1]
    if (item === undefined) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else items.push(item)
  }
  return items
}

function tableHtml(lines: string[]): string {
  const [head = [], ...body] = lines.filter((line) => !/^\s*\|?[\s:|-]+\|?\s*$/.test(line)).map(cellsOf)
  const row = (cells: string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${inline(cell)}</${tag.split(' ')[0]}>`).join('')}</tr>`
  return `<div class="scroll" tabindex="0"><table><thead>${row(head, 'th scope="col"')}</thead><tbody>${body
    .map((cells) => row(cells, 'td'))
    .join('')}</tbody></table></div>`
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())
}

/** Escaped first: what is marked up afterwards can only be our own tags. */
function inline(text: string): string {
  return escaped(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\w*])\*([^*\s][^*]*)\*/g, '$1<em>$2</em>')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label: string, address: string) => {
      const url = address.replaceAll('&#38;', '&')
      const target = demoPath(url) ?? (/^(https?:|mailto:|\/|#)/.test(url) ? url : null)
      return target ? `<a href="${escaped(target)}">${label}</a>` : whole
    })
}
