import { Fault } from '#domain/fault.ts'
import type { Block } from './block.ts'
import { htmlBlocks } from './html-blocks.ts'
import { markdownBlocks } from './markdown-blocks.ts'

/** Characters of one document; about 300 printed pages. The HTTP contract's body limit (1 MiB) is just above. */
export const LONGEST_TEXT = 1_000_000

const HTML_TAG = /<(?:!doctype html|html|body|div|p|ul|ol|table|section|article|main|h[1-6]|br|span)\b[^<>]{0,400}>/i
const STARTS_AS_HTML =
  /^(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype|html|head|body|div|p|ul|ol|dl|table|section|article|main|header|h[1-6]|span|strong|b|em|i|a|font|center)\b/i
const MARKDOWN_LINE = /^(?:#{1,6} |[-*+] |\d{1,3}[.)] |\|.*\|\s*$)/m

/**
 * The structure of a document's text, whether Markdown, HTML or plain; plain text is read as Markdown, which leaves it alone.
 * Throws Fault user `ingest.document.too_large` above 1,000,000 characters, `ingest.document.too_deep`.
 */
export function documentBlocks(text: string): Block[] {
  if (text.length > LONGEST_TEXT)
    throw new Fault({
      kind: 'user',
      code: 'ingest.document.too_large',
      status: 413,
      message: `The text has ${text.length} characters; ${LONGEST_TEXT} are the most.`,
    })
  const clean = withoutControls(text)
  return isHtml(clean) ? htmlBlocks(clean) : markdownBlocks(clean)
}

/** Well-formed Unicode without control characters and soft hyphens: neither stands in any question, and PostgreSQL refuses NUL. */
export function withoutControls(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff]/g, '')
  )
}

function isHtml(text: string): boolean {
  const start = text.trimStart().slice(0, 4_000)
  if (/^<(?:!doctype|html)\b/i.test(start)) return true
  if (MARKDOWN_LINE.test(text)) return false
  return STARTS_AS_HTML.test(start) || HTML_TAG.test(text)
}
