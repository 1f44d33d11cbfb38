/** What stands in a stream of server-sent events. `strange`: a line that no event stream has. */
export type EventBlock =
  | { kind: 'event'; id: string; event: string; data: string }
  | { kind: 'comment' }
  | { kind: 'strange' }

/**
 * Reads server-sent events out of text that comes in pieces, cut anywhere. Written here and not taken from a library because
 * it is part of what every shop's page loads. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventText(): (piece: string) => EventBlock[] {
  let rest = ''
  let fields: Record<string, string> = {}
  return (piece) => {
    // A carriage return at the end may be half of a line's end.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    return lines.flatMap((line): EventBlock[] => {
      if (line === '') {
        const { id = '', event = 'message', data } = fields
        fields = {}
        return data === undefined ? [] : [{ kind: 'event', id, event, data }]
      }
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
      if (line.startsWith(':')) return [{ kind: 'comment' }]
      if (!['id', 'event', 'data', 'retry'].includes(name)) return [{ kind: 'strange' }]
      fields[name] = name === 'data' && fields.data !== undefined ? `${fields.data}\n${value}` : value
      return []
    })
  }
}
