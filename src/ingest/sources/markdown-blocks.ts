import type { BlockContent, DefinitionContent, List, PhrasingContent, RootContent, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { Fault } from '#domain/fault.ts'
import { type Block, blockText, joinWrappedLines, tableDelimiter, tableRow, tidyText } from './block.ts'
import { htmlBlocks } from './html-blocks.ts'
import { plainBlocks } from './plain-blocks.ts'

/** Quotes and lists inside one another; more is no text anyone wrote. */
const DEEPEST = 20
/** Inline delimiters in one paragraph; the parser pairs them in quadratic time, so beyond this the lines alone are read. */
const MOST_DELIMITERS = 3_000
/** The parser reads about 80,000 characters a second; a longer text (a small book) is read by its lines, in milliseconds. */
const LONGEST_PARSED = 80_000
/** Where none of this stands the parser has nothing to find, and reading the lines gives the same blocks forty times faster. */
const MARKUP = /[*_`[\]<&\\|~]|^[ \t]*(?:[-+#>=]|\d{1,9}[.)])|^(?: {4}| {0,3}\t)/m

/**
 * A label or a word in bold between blanks, which needs no parser either: product texts are full of `**In the box:** …`. It begins
 * with a letter or digit, ends before a blank, and has no other markup inside, so that the parser would take it for bold, too.
 */
const PLAIN_BOLD = /(^|\s)\*\*([\p{L}\p{N}](?:[^*_`[\]<&\\|~\n]*[^*_`[\]<&\\|~\s])?)\*\*(?=\s|$)/gu

/**
 * Markdown (CommonMark and GitHub's tables, task lists, strikethrough) as blocks. Words stay in the order and spelling of
 * the source; of a link both the text and the target stay (`text (target)`), so that what is quoted stands in the source.
 * Throws Fault user `ingest.document.too_deep`.
 */
export function markdownBlocks(source: string): Block[] {
  const unbold = source.replace(PLAIN_BOLD, '$1$2')
  if (!MARKUP.test(unbold)) return plainBlocks(unbold)
  refuseDeepNesting(source)
  if (source.length > LONGEST_PARSED || hasTooManyDelimiters(source)) return plainBlocks(source)
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const blocks: Block[] = []
  for (const node of tree.children) addBlock(node, source, blocks)
  return blocks
}

function refuseDeepNesting(source: string): void {
  for (const match of source.matchAll(/^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*){2,}|^[ \t]{80,}(?=[-+*>\d])/gm)) {
    const containers = match[0].match(/>|[-+*](?=\s)|\d[.)]/g)?.length ?? 0
    if (containers > DEEPEST || match[0].search(/\S|$/) >= DEEPEST * 2)
      throw new Fault({
        kind: 'user',
        code: 'ingest.document.too_deep',
        status: 422,
        message: `The text nests lists or quotes more than ${DEEPEST} levels deep.`,
      })
  }
}

function hasTooManyDelimiters(source: string): boolean {
  return source
    .split(/\n[ \t]*\n/)
    .some((part) => part.length > MOST_DELIMITERS && (part.match(/[*_[\]`~<&!\\|]/g)?.length ?? 0) > MOST_DELIMITERS)
}

function addBlock(node: RootContent | BlockContent | DefinitionContent, source: string, blocks: Block[]): void {
  switch (node.type) {
    case 'heading': {
      const text = inlineText(node.children, source).replaceAll('\n', ' ').trim()
      if (text) blocks.push({ kind: 'heading', level: node.depth, text })
      return
    }
    case 'paragraph': {
      const text = tidyText(joinWrappedLines(inlineText(node.children, source)))
      if (text) blocks.push({ kind: 'paragraph', text })
      return
    }
    case 'list':
      blocks.push({ kind: 'list', items: listItems(node, source, '') })
      return
    case 'table':
      blocks.push(tableBlock(node, source))
      return
    case 'code':
      if (node.value.trim()) blocks.push({ kind: 'code', text: node.value })
      return
    case 'html':
      for (const block of htmlBlocks(node.value)) blocks.push(block)
      return
    case 'blockquote':
    case 'footnoteDefinition':
      for (const child of node.children) addBlock(child, source, blocks)
      return
    default:
  }
}

function listItems(list: List, source: string, indent: string): string[] {
  return list.children.flatMap((item) => {
    // The source's own number, also where it counts 1. 1. 1.: a quote of two items has to stand in the source.
    const marker =
      /^\d+[.)]/.exec(source.slice(item.position?.start.offset ?? 0, (item.position?.start.offset ?? 0) + 12))?.[0] ??
      '-'
    const lines: string[] = []
    let first = true
    for (const child of item.children) {
      if (child.type === 'list') {
        for (const line of listItems(child, source, `${indent}  `)) lines.push(line)
        continue
      }
      const inner: Block[] = []
      addBlock(child, source, inner)
      for (const block of inner) {
        const text = blockText(block, false).replaceAll('\n', `\n${indent}  `)
        lines.push(first ? `${indent}${marker} ${text}` : `${indent}  ${text}`)
        first = false
      }
    }
    return lines
  })
}

function tableBlock(table: Table, source: string): Block {
  const rows = table.children.map((row) => row.children.map((cell) => inlineText(cell.children, source)))
  const [header = [], ...rest] = rows
  return { kind: 'table', header: `${tableRow(header)}\n${tableDelimiter(header.length)}`, rows: rest.map(tableRow) }
}

function inlineText(nodes: PhrasingContent[], source: string): string {
  let hidden = ''
  let text = ''
  for (const node of nodes) {
    if (node.type === 'html') {
      const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(node.value)
      const name = tag?.[2]?.toLowerCase()
      if (!tag?.[1] && (name === 'script' || name === 'style')) hidden = name
      else if (tag?.[1] && name === hidden) hidden = ''
      else if (name === 'br' && !hidden) text += '\n'
    } else if (!hidden) text += phraseText(node, source)
  }
  return text
}

function phraseText(node: PhrasingContent, source: string): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return node.value
    case 'break':
      return '\n'
    case 'strong':
    case 'emphasis':
    case 'delete':
      return inlineText(node.children, source)
    case 'link':
      return linkText(node.children, sourceOf(node, source), source)
    case 'linkReference': {
      const text = inlineText(node.children, source)
      return node.referenceType === 'full'
        ? text + (/\[[^\]]*\]$/.exec(sourceOf(node, source).slice(-1_000))?.[0].replace(/^/, ' ') ?? '')
        : text
    }
    default:
      return ''
  }
}

/** `[text](target)` → `text (target)`; an address that stands for itself stays as it is written. */
function linkText(children: PhrasingContent[], written: string, source: string): string {
  if (!written.startsWith('[')) return written
  const text = inlineText(children, source)
  const end = children.at(-1)?.position?.end.offset
  const start = children[0]?.position?.start.offset
  if (end === undefined || start === undefined) return ''
  const target = written
    .slice(end - start + 1)
    .replace(/^[^(]*\(/, '')
    .replace(/\)$/, '')
  return target && text.trim() ? `${text} (${target})` : text
}

function sourceOf(node: PhrasingContent, source: string): string {
  return source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}
