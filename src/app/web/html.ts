/** Markup that is safe to put into a page as it is. */
export type Html = { html: string }
type Part = Html | string | number | null | undefined | false | Part[]

/** A template whose values are escaped, unless they are `Html`; lists are joined, and null, undefined and false leave nothing. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  return { html: strings.reduce((page, text, at) => page + markup(values[at - 1]) + text) }
}

/** Text for an element's content or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Markup of our own making. */
export function trusted(markup: string): Html {
  return { html: markup }
}

function markup(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(markup).join('')
  return typeof part === 'object' ? part.html : escaped(String(part))
}
