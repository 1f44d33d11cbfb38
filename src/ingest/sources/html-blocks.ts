import { type Token, Tokenizer, TokenizerMode } from 'parse5'
import { type Block, tableDelimiter, tableRow, tidyText } from './block.ts'

/** What a reader of the page does not read as content. */
const SKIPPED = new Set(
  'script style nav noscript template iframe svg canvas object math button select textarea head title audio video'.split(
    ' ',
  ),
)
/** Elements without an end tag: skipping one skips nothing after it. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
/** Elements whose end tag authors leave out: the next sibling ends them. */
const ENDED_BY_SIBLING = new Set('p li td th tr dt dd option'.split(' '))
const BLOCK = new Set(
  'address article aside blockquote body details dd div dl dt fieldset figcaption figure footer form header html main p pre section summary hr'.split(
    ' ',
  ),
)
const RAW_TEXT = new Set('style noscript iframe'.split(' '))
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i
const DEEPEST_INDENT = 10

/**
 * HTML as blocks, straight from the tokens: no tree is built, so neither depth nor broken nesting costs anything.
 * Scripts, styles, navigation and hidden elements are left out; entities are decoded. Never throws.
 */
export function htmlBlocks(html: string): Block[] {
  const writer = blockWriter()
  let skipping: { tag: string; depth: number } | null = null
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      onStartTag(token) {
        const { tagName: tag } = token
        // The tree builder would tell the tokenizer where a script's or a title's text ends; here nobody else does.
        if (tag === 'script') tokenizer.state = TokenizerMode.SCRIPT_DATA
        else if (RAW_TEXT.has(tag)) tokenizer.state = TokenizerMode.RAWTEXT
        else if (tag === 'textarea' || tag === 'title') tokenizer.state = TokenizerMode.RCDATA
        if (skipping) {
          if (skipping.tag !== tag) return
          if (!ENDED_BY_SIBLING.has(tag)) {
            skipping.depth++
            return
          }
          skipping = null
        }
        if ((SKIPPED.has(tag) || isHidden(token)) && !VOID.has(tag)) skipping = { tag, depth: 1 }
        else writer.open(tag)
      },
      onEndTag({ tagName: tag }) {
        if (!skipping) writer.close(tag)
        else if (skipping.tag === tag && --skipping.depth === 0) skipping = null
      },
      onCharacter: ({ chars }) => void (skipping || writer.text(chars)),
      onWhitespaceCharacter: ({ chars }) => void (skipping || writer.text(chars)),
      onNullCharacter() {},
      onComment() {},
      onDoctype() {},
      onEof() {},
    },
  )
  tokenizer.write(html, true)
  return writer.end()
}

function isHidden({ attrs }: Token.TagToken): boolean {
  return attrs.some(({ name, value }) => name === 'hidden' || (name === 'style' && HIDDEN_STYLE.test(value)))
}

type ListState = { ordered: boolean; next: number }

function blockWriter() {
  const blocks: Block[] = []
  let buffer: string[] = []
  let heading = 0
  let pre = 0
  let lists: ListState[] = []
  let items: string[] | null = null
  let marker = ''
  let table: { rows: string[][]; cells: string[]; inCell: boolean } | null = null
  let tables = 0

  const take = () => {
    const raw = buffer.join('')
    buffer = []
    return pre > 0 ? raw.replace(/^\n+|\s+$/g, '') : tidyText(raw)
  }
  const flush = () => {
    if (table) {
      buffer.push(' ')
      return
    }
    const text = take()
    if (!text) return
    if (heading) blocks.push({ kind: 'heading', level: heading, text: text.replaceAll('\n', ' ') })
    else if (items) {
      items.push(marker ? marker + text : `${'  '.repeat(Math.min(lists.length, DEEPEST_INDENT))}${text}`)
      marker = ''
    } else blocks.push(pre > 0 ? { kind: 'code', text } : { kind: 'paragraph', text })
  }
  const endList = () => {
    if (items?.length) blocks.push({ kind: 'list', items })
    items = null
  }
  const endCell = () => {
    if (!table?.inCell) return
    table.cells.push(take())
    table.inCell = false
  }
  const endRow = () => {
    endCell()
    if (table?.cells.some(Boolean)) table.rows.push(table.cells)
    if (table) table.cells = []
  }
  const endTable = () => {
    endRow()
    const [header, ...rows] = table?.rows ?? []
    table = null
    buffer = []
    if (header)
      blocks.push({
        kind: 'table',
        header: `${tableRow(header)}\n${tableDelimiter(header.length)}`,
        rows: rows.map(tableRow),
      })
  }

  return {
    text(chars: string) {
      // In running text a line break of the source is a space; only <br> breaks a line.
      buffer.push(pre > 0 ? chars : chars.replace(/\s+/g, ' '))
    },
    open(tag: string) {
      if (tag === 'br') buffer.push(table ? ' ' : '\n')
      else if (tag === 'table') {
        flush()
        if (tables++ === 0) {
          endList()
          table = { rows: [], cells: [], inCell: false }
        }
      } else if (table) {
        if (tables > 1) return
        if (tag === 'tr') endRow()
        else if (tag === 'td' || tag === 'th') {
          endCell()
          buffer = []
          table.inCell = true
        } else if (BLOCK.has(tag) || tag === 'li') buffer.push(' ')
      } else if (/^h[1-6]$/.test(tag)) {
        flush()
        endList()
        lists = []
        heading = Number(tag[1])
      } else if (tag === 'ul' || tag === 'ol') {
        flush()
        lists.push({ ordered: tag === 'ol', next: 1 })
        items ??= []
      } else if (tag === 'li') {
        flush()
        items ??= []
        const list = lists.at(-1)
        const indent = '  '.repeat(Math.min(Math.max(0, lists.length - 1), DEEPEST_INDENT))
        marker = `${indent}${list?.ordered ? `${list.next++}.` : '-'} `
      } else if (BLOCK.has(tag)) {
        flush()
        if (tag === 'pre') pre++
      }
    },
    close(tag: string) {
      if (tag === 'table') {
        if (tables > 0 && --tables === 0) endTable()
      } else if (table) {
        if (tables > 1) return
        if (tag === 'tr') endRow()
        else if (tag === 'td' || tag === 'th') endCell()
      } else if (/^h[1-6]$/.test(tag)) {
        flush()
        heading = 0
      } else if (tag === 'ul' || tag === 'ol') {
        flush()
        lists.pop()
        if (lists.length === 0) endList()
      } else if (BLOCK.has(tag) || tag === 'li') {
        flush()
        if (tag === 'pre' && pre > 0) pre--
      }
    },
    end(): Block[] {
      if (table) endTable()
      flush()
      endList()
      return blocks
    },
  }
}
