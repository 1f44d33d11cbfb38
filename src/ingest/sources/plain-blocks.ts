import { type Block, joinWrappedLines, tidyText } from './block.ts'

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/
const ITEM = /^\s*(?:[-*+•]|\d{1,9}[.)])\s+\S/

/**
 * Plain text as blocks, by lines alone: blank lines end paragraphs, `#` opens a heading, bullets make lists.
 * One pass, so it also serves for Markdown that a full parser would take too long over. Never throws.
 */
export function plainBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let lines: string[] = []
  const flush = () => {
    const body = tidyText(joinWrappedLines(lines.join('\n')))
    if (body) blocks.push({ kind: 'paragraph', text: body })
    lines = []
  }
  for (const line of text.split(/\r\n|\r|\n/)) {
    const heading = line.length < 400 ? HEADING.exec(line) : null
    if (heading?.[1] && heading[2]) {
      flush()
      blocks.push({ kind: 'heading', level: heading[1].length, text: tidyText(heading[2]) })
    } else if (line.trim() === '') flush()
    else if (ITEM.test(line)) {
      flush()
      addItem(blocks, tidyText(line))
    } else lines.push(line)
  }
  flush()
  return blocks
}

function addItem(blocks: Block[], item: string): void {
  const last = blocks.at(-1)
  if (last?.kind === 'list') last.items.push(item)
  else blocks.push({ kind: 'list', items: [item] })
}
