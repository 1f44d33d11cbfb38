import type { AttributeValue, ShopDocument } from '#domain/document.ts'
import { documentKey, skuKey } from './event-claims.ts'
import { current, type Head, isSame, learn, type Register, together, UNKNOWN } from './register.ts'

/** Everything known of one thing: a register a field. `*` is the whole. */
export type Facts = Record<string, Register>
/** `document` null: it was never there. */
export type DocumentState = { document: ShopDocument | null; live: boolean }

export const NOTHING: Facts = {}

/** The facts after one more event that says `said`. */
export function learnAll(facts: Facts, stamp: Head['stamp'], said: Record<string, unknown>): Facts {
  const learnt = Object.entries(said).map(([field, value]) => [field, learn(facts[field] ?? UNKNOWN, { stamp, value })])
  return { ...facts, ...Object.fromEntries(learnt) }
}

/** What holds of a field: its own newest word, or that of the whole. */
export function holding(facts: Facts, field: string): Head | null {
  const whole = facts['*'] ?? UNKNOWN
  if (field === '*') return current(whole)
  const part = (head: Head | null) => head && { ...head, value: memberOf(head.value as ShopDocument | null, field) }
  return current(
    together(facts[field] ?? UNKNOWN, { ...whole, sequenced: part(whole.sequenced), timed: part(whole.timed) }),
  )
}

/** What is known of a document, by its id and by its SKU. */
export function factsOf(known: Map<string, Facts>, id: string, sku: string | undefined): Facts {
  const own = known.get(documentKey(id)) ?? NOTHING
  const shared = sku === undefined ? NOTHING : (known.get(skuKey(sku)) ?? NOTHING)
  const fields = new Set([...Object.keys(own), ...Object.keys(shared)])
  return Object.fromEntries(
    [...fields].map((field) => [field, together(own[field] ?? UNKNOWN, shared[field] ?? UNKNOWN)]),
  )
}

/**
 * The document after its facts went from `before` to `after`: only what changed hands between events is touched, so that what was
 * put or imported in between stays. `told` are the events whose word it now carries.
 */
export function follow(
  state: DocumentState,
  before: Facts,
  after: Facts,
): { state: DocumentState; changed: boolean; told: Head['stamp'][] } {
  const whole = current(after['*'] ?? UNKNOWN)
  const isNewWhole = whole !== null && !isSame(whole, current(before['*'] ?? UNKNOWN))
  if (isNewWhole && whole.value === null)
    return { state: { ...state, live: false }, changed: true, told: [whole.stamp] }
  const base = isNewWhole ? (whole.value as ShopDocument) : state.document
  if (!base || (!isNewWhole && !state.live)) return { state, changed: false, told: [] }
  const moved = Object.keys(after).flatMap((field) => {
    const head = field === '*' ? null : holding(after, field)
    return head && (isNewWhole || !isSame(head, holding(before, field))) ? [{ field, head }] : []
  })
  if (moved.length === 0 && !isNewWhole) return { state, changed: false, told: [] }
  const document = moved.reduce((patched, { field, head }) => withField(patched, field, head.value), base)
  const told = [...(isNewWhole ? [whole.stamp] : []), ...moved.map(({ head }) => head.stamp)]
  return { state: { document, live: true }, changed: true, told }
}

/** `field` as claims name it; null takes it away. */
function withField(document: ShopDocument, field: string, value: unknown): ShopDocument {
  if (!field.startsWith('attributes/')) return withMember(document, field, value) as ShopDocument
  const attributes = withMember(document.attributes ?? {}, field.slice('attributes/'.length), value)
  const { attributes: _replaced, ...rest } = document
  return Object.keys(attributes).length === 0
    ? rest
    : { ...rest, attributes: attributes as Record<string, AttributeValue> }
}

function memberOf(document: ShopDocument | null, field: string): unknown {
  if (!field.startsWith('attributes/')) return (document as Record<string, unknown> | null)?.[field] ?? null
  return document?.attributes?.[field.slice('attributes/'.length)] ?? null
}

function withMember(object: object, name: string, value: unknown): object {
  const others = Object.entries(object).filter(([member]) => member !== name)
  return Object.fromEntries(value === null ? others : [...others, [name, value]])
}
