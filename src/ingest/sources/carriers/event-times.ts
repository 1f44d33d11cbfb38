const MONTHS = 'january february march april may june july august september october november december'.split(' ')
/** Hours from UTC of the zones Canada Post names. */
const CANADIAN_ZONES: Record<string, string> = {
  NST: '-03:30',
  NDT: '-02:30',
  AST: '-04:00',
  ADT: '-03:00',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
}

/** ISO 8601 with an offset, or a carrier's local time, which is taken for UTC since the place's zone is not told. Null: no time. */
export function isoTime(text: string | null): string | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null
  return instant(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`)
}

/** `20100610`, `120000`. */
export function compactTime(date: string | null, time: string | null): string | null {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '')
  const hour = /^(\d{2})(\d{2})(\d{2})$/.exec(time ?? '000000')
  return day && hour ? instant(`${day[1]}-${day[2]}-${day[3]}T${hour[1]}:${hour[2]}:${hour[3]}Z`) : null
}

/** `February 13, 2014`, `12:24 pm`. */
export function clockTime(date: string | null, time: string | null): string | null {
  const day = /^([a-z]+) (\d{1,2}), (\d{4})$/i.exec(date ?? '')
  const month = MONTHS.indexOf(day?.[1]?.toLowerCase() ?? '')
  if (!day || month < 0) return null
  const clock = /^(\d{1,2}):(\d{2}) ?([ap])m$/i.exec(time ?? '')
  const hours = clock ? (Number(clock[1]) % 12) + (clock[3]?.toLowerCase() === 'p' ? 12 : 0) : 0
  const two = (value: number | string) => String(value).padStart(2, '0')
  return instant(`${day[3]}-${two(month + 1)}-${two(day[2] ?? '')}T${two(hours)}:${clock?.[2] ?? '00'}:00Z`)
}

/** `2015-10-01`, `06:04:27`, `EST`. */
export function canadianTime(date: string | null, time: string | null, zone: string | null): string | null {
  return date ? instant(`${date}T${time ?? '00:00:00'}${CANADIAN_ZONES[zone ?? ''] ?? 'Z'}`) : null
}

function instant(text: string): string | null {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}
