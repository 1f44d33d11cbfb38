import { parse } from 'yaml'

const FRONT_MATTER = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/
const HEADING = /^#\s+(.+?)\s*#*\s*$/m

/**
 * A Markdown file as an import row: the fields of a document in YAML between two `---` lines, then the text. What is missing
 * is taken from the file: the title from the first heading, the id and the last resort for a title from `path`; the kind is
 * `article`. Front matter that cannot be read makes a row that is rejected and says so.
 */
export function markdownRow(source: string, path: string): Record<string, unknown> {
  const name = path.replace(/\.(md|markdown)$/i, '')
  const front = FRONT_MATTER.exec(source)
  const text = (front ? source.slice(front[0].length) : source).trim()
  const fallback = { id: name, kind: 'article', title: HEADING.exec(text)?.[1] ?? name.split('/').at(-1) ?? name, text }
  if (!front) return fallback
  const fields = readFields(front[1] ?? '')
  return typeof fields === 'string' ? { ...fallback, $problem: fields } : { ...fallback, ...fields, text }
}

function readFields(yaml: string): Record<string, unknown> | string {
  try {
    const fields: unknown = parse(yaml) ?? {}
    return typeof fields === 'object' && !Array.isArray(fields)
      ? (fields as Record<string, unknown>)
      : 'The front matter does not name fields.'
  } catch (error) {
    return `The front matter is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`
  }
}
