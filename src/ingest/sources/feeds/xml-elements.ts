import { Fault } from '#domain/fault.ts'
import { LONGEST_ROW, type SourceRow, tooLong } from '../source-row.ts'

/** One of the elements asked for, as it stands in the file, with its line. `ended` is false where its end tag is missing. */
export type XmlElement = { line: number; raw: Buffer; ended: boolean } | { bad: SourceRow }
export type XmlElements = {
  /** The elements that ended within these bytes. */
  take(part: Uint8Array): XmlElement[]
  /** The last one, if the file ends in it. */
  end(): XmlElement[]
  /** What stood before the first element, once that was read; empty when it was over 256 KiB. */
  head(): Buffer
  /** Whether the outermost element was closed. */
  closed(): boolean
}

const LT = 60
const LF = 10
const LONGEST_HEAD = 256 * 1024
/** Enough to tell what a `<` begins. */
const LOOK_AHEAD = 64
const NOTHING = Buffer.alloc(0)

/**
 * Cuts the elements called one of `names` (whatever their prefix) out of a stream of XML, without reading what is in them, so that
 * one that is malformed costs nothing but itself. Keeps one, of at most 4 MiB. An element that begins before the last has ended
 * ends it. Throws Fault user `ingest.import.xml_doctype` at a document type declaration: entities are how XML bombs are made.
 */
export function xmlElements(names: readonly string[]): XmlElements {
  const opens = new RegExp(`^<(?:[\\w.-]+:)?(?:${names.join('|')})(?=[\\s/>])`)
  const closes = new RegExp(`^</(?:[\\w.-]+:)?(?:${names.join('|')})\\s*>`)
  /** From the beginning of the open element, or of the head; `at` is where reading goes on. */
  let data: Buffer = NOTHING
  let at = 0
  let line = 1
  let began = 1
  let head: Buffer | null = null
  let open = false
  let rootClosed = false
  /** Where a comment or a CDATA section ends; null outside of one. */
  let until: string | null = null
  /** Of an element whose comment or section never ends, these do not count. */
  let plain = false
  /** The element is over the limit: only its end is looked for. */
  let dropped = false

  function read(found: XmlElement[], last: boolean): void {
    for (;;) {
      if (until !== null) {
        const end = data.indexOf(until, at)
        if (end === -1) {
          at = Math.max(at, data.length - until.length)
          return
        }
        at = end + until.length
        until = null
      }
      const next = data.indexOf(LT, at)
      at = next === -1 ? data.length : next
      if (next === -1 || (!last && data.length - at < LOOK_AHEAD)) return
      step(data.toString('latin1', at, at + LOOK_AHEAD), found)
    }
  }

  function step(ahead: string, found: XmlElement[]): void {
    if (!plain && ahead.startsWith('<!--')) {
      until = '-->'
      at += 4
    } else if (!plain && ahead.startsWith('<![CDATA[')) {
      until = ']]>'
      at += 9
    } else if (!plain && /^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(ahead)) {
      throw new Fault({
        kind: 'user',
        code: 'ingest.import.xml_doctype',
        status: 422,
        message: 'The file has a document type declaration. Feeds need none, and what it could declare is refused.',
      })
    } else if (opens.test(ahead)) {
      if (open) emit(at, false, found)
      else {
        head ??= Buffer.from(data.subarray(0, at))
        forget(at)
      }
      open = true
      began = line
      at = 1
    } else if (open && closes.test(ahead)) emit(at + (closes.exec(ahead)?.[0].length ?? 0), true, found)
    else {
      if (!open && /^<\/(?:rss|feed|urlset|sitemapindex|[\w.-]+:RDF)\s*>/i.test(ahead)) rootClosed = true
      at++
    }
  }

  function emit(end: number, ended: boolean, found: XmlElement[]): void {
    found.push(dropped ? { bad: tooLong(began) } : { line: began, raw: Buffer.from(data.subarray(0, end)), ended })
    forget(end)
    open = dropped = plain = false
  }

  /** Keeps no more than is needed. */
  function bound(found: XmlElement[]): void {
    if (!open) {
      if (head === null && at > LONGEST_HEAD) head = NOTHING
      if (head !== null) forget(at)
    } else if (data.length > LONGEST_ROW) {
      if (until !== null && !dropped) {
        withoutSections(found, false)
        if (!open || data.length <= LONGEST_ROW) return
      }
      dropped = plain = true
      until = null
      forget(at)
    }
  }

  /** Looks at the open element once more as if nothing in it were a comment or a section. */
  function withoutSections(found: XmlElement[], last: boolean): void {
    plain = true
    until = null
    at = 1
    read(found, last)
  }

  function forget(end: number): void {
    for (let from = data.indexOf(LF); from !== -1 && from < end; from = data.indexOf(LF, from + 1)) line++
    data = data.subarray(end)
    at = Math.max(0, at - end)
  }

  return {
    take(part) {
      data = Buffer.concat([data, part])
      const found: XmlElement[] = []
      read(found, false)
      bound(found)
      return found
    },
    end() {
      const found: XmlElement[] = []
      read(found, true)
      if (open && until !== null && !plain) withoutSections(found, true)
      if (open) emit(data.length, false, found)
      return found
    },
    head: () => head ?? NOTHING,
    closed: () => rootClosed,
  }
}
