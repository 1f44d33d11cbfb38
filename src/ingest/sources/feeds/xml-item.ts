import { SaxesParser } from 'saxes'
import type { Attribute } from './merchant-item.ts'

const DEEPEST = 12
const MOST_PARTS = 5_000

/** An element's children as attributes, names without their prefix; `link` of Atom counts by its `href`. */
export type ReadXml = { attributes: Attribute[] } | { problem: string }

/**
 * Reads one element. Only the five entities of XML itself are known and nothing is ever expanded. Never throws: what is not
 * well-formed, nested over 12 levels deep or made of over 5,000 parts is a problem.
 */
export function readXmlItem(text: string): ReadXml {
  const parser = new SaxesParser({ xmlns: false })
  const root: Attribute = { name: '', text: '', parts: [] }
  const open: Attribute[] = []
  let parts = 0
  let problem: string | null = null
  const fail = (reason: string) => {
    problem ??= reason
  }
  parser.on('error', ({ message }) => fail(message.replace(/^\d+:\d+:\s*/, '')))
  parser.on('doctype', () => fail('a document type declaration'))
  parser.on('opentag', ({ name, attributes }) => {
    if (++parts > MOST_PARTS) fail(`over ${MOST_PARTS} parts`)
    if (open.length >= DEEPEST) fail(`nested over ${DEEPEST} levels deep`)
    if (problem !== null) return
    const parent = open.at(-1)
    const own: Attribute = parent ? { name: localName(name), text: attributes.href ?? '' } : root
    if (parent) {
      parent.parts ??= []
      parent.parts.push(own)
    }
    open.push(own)
  })
  const write = (chars: string) => {
    const own = open.at(-1)
    if (own && problem === null) own.text += chars
  }
  parser.on('text', write)
  parser.on('cdata', write)
  parser.on('closetag', () => {
    const own = open.pop()
    if (own) own.text = own.text.trim()
  })
  parser.write(text).close()
  return problem === null ? { attributes: root.parts ?? [] } : { problem }
}

function localName(name: string): string {
  return name.replace(/^[^:]*:/, '').toLowerCase()
}
