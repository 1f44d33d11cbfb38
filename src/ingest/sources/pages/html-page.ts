import { isUtf8 } from 'node:buffer'
import { type Token, Tokenizer, TokenizerMode } from 'parse5'

/** Parts of a page that stand around its content, on every page of a site. */
const AROUND = new Set(['header', 'footer', 'aside', 'nav'])
/** Within these a header belongs to the content. */
const CONTENT = new Set(['main', 'article', 'section'])
/** What stands behind a title on every page: `Returns | Fjordline`. */
const LONGEST_TITLE = 500

/** What a page says of itself, and where its content stands in it. */
type Page = {
  title: string
  heading: string
  locale: string | null
  canonical: string | null
  hidden: boolean
  main: [from: number, to: number] | null
  around: [from: number, to: number][]
}

/**
 * An HTML page as an import row: title from `<title>` or the first heading, language from `<html lang>`, its address from the
 * canonical link, the text from `<main>`, else from what is left without header, footer, navigation and asides. `path` gives the
 * id. Null for a page that asks not to be indexed. Never throws.
 */
export function htmlRow(html: string, path: string): Record<string, unknown> | null {
  const page = readPage(html)
  if (page.hidden) return null
  const id = path.replace(/(^|\/)index\.html?$/i, '').replace(/\.html?$/i, '') || 'index'
  const text = page.main ? html.slice(...page.main) : without(html, page.around)
  const title = (page.title || page.heading || id).slice(0, LONGEST_TITLE)
  return {
    id,
    kind: 'article',
    title,
    // So that it is read as HTML, however it begins.
    text: `<main>${text}</main>`,
    ...(page.locale ? { locale: page.locale } : {}),
    ...(page.canonical && /^https?:\/\//i.test(page.canonical) ? { url: page.canonical } : {}),
  }
}

/** The text of a page's bytes: UTF-8 where it is, else what it declares, else Windows-1252, as browsers do. */
export function decodeHtml(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  const start = Buffer.from(bytes.subarray(0, 2_048)).toString('latin1')
  const declared = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})/i.exec(start)?.[1]
  const label = declared && !/^utf-?8$/i.test(declared) && isEncoding(declared) ? declared : 'windows-1252'
  return new TextDecoder(label).decode(bytes)
}

function isEncoding(label: string): boolean {
  try {
    return Boolean(new TextDecoder(label))
  } catch {
    return false
  }
}

function readPage(html: string): Page {
  const page: Page = { title: '', heading: '', locale: null, canonical: null, hidden: false, main: null, around: [] }
  let writing: 'title' | 'heading' | null = null
  let content = 0
  let mainFrom: number | null = null
  let skipped: { tag: string; depth: number; from: number } | null = null
  const write = (chars: string) => {
    if (writing) page[writing] += chars
  }
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        const { tagName: tag, location } = token
        // The tree builder would tell the tokenizer where these end; here nobody else does.
        if (tag === 'script') tokenizer.state = TokenizerMode.SCRIPT_DATA
        else if (tag === 'style' || tag === 'iframe' || tag === 'noscript') tokenizer.state = TokenizerMode.RAWTEXT
        else if (tag === 'title' || tag === 'textarea') tokenizer.state = TokenizerMode.RCDATA
        if (tag === 'html') page.locale ??= localeOf(token)
        else if (tag === 'title' && !page.title) writing = 'title'
        else if (tag === 'h1' && !page.heading) writing = 'heading'
        else if (tag === 'link' && attribute(token, 'rel') === 'canonical') page.canonical ??= attribute(token, 'href')
        else if (tag === 'meta' && attribute(token, 'name')?.toLowerCase() === 'robots')
          page.hidden ||= /\b(noindex|none)\b/i.test(attribute(token, 'content') ?? '')
        if (CONTENT.has(tag)) content++
        if (tag === 'main' && page.main === null) mainFrom ??= location?.endOffset ?? null
        if (skipped?.tag === tag) skipped.depth++
        else if (!skipped && AROUND.has(tag) && content === 0)
          skipped = { tag, depth: 1, from: location?.startOffset ?? 0 }
      },
      onEndTag({ tagName: tag, location }) {
        if (tag === 'title' || tag === 'h1') writing = null
        if (CONTENT.has(tag)) content = Math.max(0, content - 1)
        if (tag === 'main' && mainFrom !== null) page.main ??= [mainFrom, location?.startOffset ?? html.length]
        if (skipped?.tag === tag && --skipped.depth === 0) {
          page.around.push([skipped.from, location?.endOffset ?? html.length])
          skipped = null
        }
      },
      onCharacter: ({ chars }) => write(chars),
      onWhitespaceCharacter: () => write(' '),
      onNullCharacter() {},
      onComment() {},
      onDoctype() {},
      onEof() {},
    },
  )
  tokenizer.write(html, true)
  const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()
  return { ...page, title: tidy(page.title), heading: tidy(page.heading) }
}

function attribute({ attrs }: Token.TagToken, wanted: string): string | null {
  return attrs.find(({ name }) => name === wanted)?.value.trim() ?? null
}

function localeOf(token: Token.TagToken): string | null {
  const locale = attribute(token, 'lang')
  return locale && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i.test(locale) ? locale : null
}

function without(html: string, ranges: [number, number][]): string {
  let text = ''
  let from = 0
  for (const [start, end] of ranges) {
    text += html.slice(from, start)
    from = end
  }
  return text + html.slice(from)
}
