const PREFIX = 'ce-'

/**
 * An event in binary mode as one in structured mode: its attributes are headers, the body is its data. Null where the headers name no
 * event, or the body is one itself. Never throws. Source: CloudEvents 1.0.2, HTTP protocol binding, section 3.1.
 */
export function binaryEvent(headers: Record<string, string>, data: unknown): Record<string, unknown> | null {
  const type = headers['content-type'] ?? ''
  if (headers[`${PREFIX}specversion`] === undefined || /^application\/cloudevents/i.test(type)) return null
  const attributes = Object.entries(headers)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), decoded(value)])
  return { ...Object.fromEntries(attributes), datacontenttype: type, data }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
