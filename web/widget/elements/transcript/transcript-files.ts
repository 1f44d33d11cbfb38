import { absoluteTime } from '../language/times.ts'
import { direction } from '../language/wording.ts'
import type { View } from '../view.ts'
import { type TranscriptLine, transcriptLines } from './transcript-lines.ts'

/** Of the saved page alone; it fetches nothing and is readable without it. */
export const PAGE_STYLE = `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #8884;padding:1rem 0;break-inside:avoid}h2{font-size:1rem;margin:0}time{font-weight:400;opacity:.7;font-size:.85rem}
p{white-space:pre-wrap;margin:.4rem 0}blockquote{margin:.5rem 0;padding-inline-start:.8rem;border-inline-start:3px solid #8886}cite{font-style:normal;font-weight:600}small{opacity:.75}`

/** The conversation as plain text, with quotes and times. */
export function transcriptText(view: View): string {
  const lines = transcriptLines(view).map(({ who, at, text, facts, sources }) =>
    [
      `${who}, ${at}`,
      text,
      ...facts.map((fact) => `  ${fact}`),
      ...sources.map(
        ({ title, quote, updated, url }, index) =>
          `  [${index + 1}] ${title}: “${quote}” (${updated})${url ? `\n      ${url}` : ''}`,
      ),
    ]
      .filter(Boolean)
      .join('\n'),
  )
  return `${[...heading(view), '', lines.join('\n\n')].join('\n')}\n`
}

/** The conversation as one HTML file without scripts and without anything to be fetched; `style` is its style sheet. */
export function transcriptPage(view: View, style: string): string {
  const [title = '', saved = ''] = heading(view)
  return `<!doctype html>
<html lang="${escaped(view.locale)}" dir="${direction(view.locale)}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>${style && `<style>${style}</style>`}
<h1>${escaped(title)}</h1>
<p><small>${escaped(saved)}</small></p>
${transcriptLines(view).map(article).join('\n')}
</html>
`
}

function heading({ say, shop, now, locale }: View): string[] {
  return [say('transcript_title', { shop }), say('saved_at', { when: absoluteTime(now, locale) })]
}

function article({ who, at, text, language, facts, sources }: TranscriptLine): string {
  return `<article><h2>${escaped(who)} <time>${escaped(at)}</time></h2>
<p dir="auto"${lang(language)}>${escaped(text)}</p>
${facts.map((fact) => `<p>${escaped(fact)}</p>`).join('\n')}
${sources.length ? `<ol>${sources.map(sourceItem).join('')}</ol>` : ''}</article>`
}

function sourceItem({ title, quote, language, updated, url }: TranscriptLine['sources'][number]): string {
  const name = url ? `<a href="${escaped(url)}">${escaped(title)}</a>` : escaped(title)
  return `<li><cite>${name}</cite><blockquote dir="auto"${lang(language)}>${escaped(quote)}</blockquote><small>${escaped(updated)}</small></li>`
}

function lang(language: string | null): string {
  return language ? ` lang="${escaped(language)}"` : ''
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (sign) => names[sign] ?? sign)
}
