import type { EventEffects, StockLevel } from '#db/inbox/event-effects.port.ts'
import type { EventOutcome, WaitingEvent } from '#db/inbox/inbox.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { Fault } from '#domain/fault.ts'
import { readJson } from '#domain/foreign-json.ts'
import { documentId } from '#domain/ids.ts'
import { prepareDocument } from '../prepare-document.ts'
import { type Claim, documentKey, readClaim, skuKey } from './event-claims.ts'
import { isSame } from './register.ts'
import { type DocumentState, type Facts, factsOf, follow, holding, learnAll, NOTHING } from './shop-facts.ts'
import type { Stamp } from './stamp.ts'

/** Where content that only events brought comes from, in lists and freshness. */
const SOURCE = 'events'

type Said = { stamp: Stamp; claim: Claim }
type Kept = DocumentState & { source: string; changed: boolean }

/**
 * Applies events in one transaction's effects. In whatever order and however often events arrive, what is known ends the same:
 * the newest word on each fact holds. Throws Fault fatal `ingest.event.unreadable`, what prepareDocument throws, and what the
 * effects throw; nothing is done then.
 */
export async function settleEvents(events: WaitingEvent[], effects: EventEffects): Promise<EventOutcome[]> {
  const said = events.map(readSaid)
  const documents = await documentsOf(said, effects)
  const known = await knownOf(said, documents, effects)
  const outcomes: EventOutcome[] = []
  const stock = new Map<string, StockLevel>()
  for (const { stamp, claim } of said) {
    const before = new Map(known)
    const facts = learnAll(known.get(claim.key) ?? NOTHING, stamp, claim.facts)
    known.set(claim.key, facts)
    const told =
      claim.about === 'stock'
        ? tellStock(claim, before.get(claim.key) ?? NOTHING, facts, stock)
        : affected(claim, documents).flatMap((id) => tellDocument(id, documents, before, known))
    outcomes.push({ ...nameOf(stamp), state: stateOf(stamp, claim, facts, told) })
    // Also those that waited for this one.
    outcomes.push(...told.filter((one) => one.id !== stamp.id || one.source !== stamp.source).map(applied))
  }
  const keys = new Set(said.map(({ claim }) => claim.key))
  await effects.keepFacts(new Map([...keys].map((key) => [key, JSON.stringify(known.get(key))])))
  await write(documents, stock, effects)
  return lastOfEach(outcomes)
}

function readSaid({ type, data, subject, source, id, sequence, stampedAt }: WaitingEvent): Said {
  const read = readClaim(type, data === null ? undefined : readJson(data), subject)
  if (!read.ok)
    throw new Fault({
      kind: 'fatal',
      code: 'ingest.event.unreadable',
      message: `A stored event can no longer be read: ${read.message}`,
    })
  return { stamp: { sequence, time: stampedAt, source, id }, claim: read.claim }
}

async function documentsOf(said: Said[], effects: EventEffects): Promise<Map<string, Kept>> {
  const claims = said.flatMap(({ claim }) => (claim.about === 'document' ? [claim] : []))
  const documents = new Map<string, Kept>()
  if (claims.length === 0) return documents
  const ids = claims.flatMap(({ id }) => id ?? [])
  // A document may take up a SKU that others name in the same batch, or that is known already.
  const skus = claims.flatMap(({ id, sku }) => (id === null ? (sku ?? []) : []))
  for (const { document, source, live } of await effects.documents(ids, skus))
    documents.set(document.id, { document, live, source, changed: false })
  for (const id of ids)
    if (!documents.has(id)) documents.set(id, { document: null, live: false, source: SOURCE, changed: false })
  return documents
}

/** Whoever gets this far with documents is alone with the shop's content, so taking facts in two steps stops nobody. */
async function knownOf(said: Said[], documents: Map<string, Kept>, effects: EventEffects): Promise<Map<string, Facts>> {
  const skus = said.flatMap(({ claim }) => (claim.about === 'document' && claim.sku !== null ? [claim.sku] : []))
  for (const { document } of documents.values()) if (document?.sku !== undefined) skus.push(document.sku)
  const keys = [...said.map(({ claim }) => claim.key), ...[...documents.keys()].map(documentKey), ...skus.map(skuKey)]
  const known = readFacts(await effects.facts(keys))
  // A document that only events told of, and that is not to be seen, goes by the SKU they gave it.
  const unseen = [...known.values()].flatMap(skusIn).map(skuKey)
  const more = unseen.filter((key) => !keys.includes(key))
  return more.length === 0 ? known : new Map([...known, ...readFacts(await effects.facts(more))])
}

function readFacts(stored: Map<string, string>): Map<string, Facts> {
  return new Map([...stored].map(([key, facts]) => [key, readJson(facts) as Facts]))
}

function skusIn({ '*': whole }: Facts): string[] {
  return [whole?.sequenced, whole?.timed].flatMap((head) => (head?.value as ShopDocument | null | undefined)?.sku ?? [])
}

function tellStock(claim: Claim & { about: 'stock' }, before: Facts, after: Facts, stock: Map<string, StockLevel>) {
  const head = holding(after, 'available')
  if (!head || isSame(head, holding(before, 'available'))) return []
  stock.set(claim.key, { sku: claim.sku, location: claim.location, available: head.value as number })
  return [head.stamp]
}

function affected({ id, sku }: Claim & { about: 'document' }, documents: Map<string, Kept>): string[] {
  if (id !== null) return [id]
  return [...documents].filter(([, { document }]) => document?.sku === sku).map(([found]) => found)
}

function tellDocument(
  id: string,
  documents: Map<string, Kept>,
  before: Map<string, Facts>,
  after: Map<string, Facts>,
): Stamp[] {
  const kept = documents.get(id)
  if (!kept) return []
  const key = documentKey(id)
  const newest = holding(after.get(key) ?? NOTHING, '*')
  const isNew = newest !== null && !isSame(newest, holding(before.get(key) ?? NOTHING, '*'))
  const sku = ((isNew ? (newest.value as ShopDocument | null) : null) ?? kept.document)?.sku
  const { state, changed, told } = follow(kept, factsOf(before, id, kept.document?.sku), factsOf(after, id, sku))
  if (changed) documents.set(id, { ...kept, ...state, changed: true })
  return told
}

function stateOf(stamp: Stamp, claim: Claim, facts: Facts, told: Stamp[]): EventOutcome['state'] {
  if (told.some(({ source, id }) => source === stamp.source && id === stamp.id)) return 'applied'
  const holds = Object.keys(claim.facts).some((field) => isSame(holding(facts, field), { stamp, value: null }))
  return holds ? 'early' : 'superseded'
}

async function write(documents: Map<string, Kept>, stock: Map<string, StockLevel>, effects: EventEffects) {
  const bySource = new Map<string, ShopDocument[]>()
  const retired: ShopDocument[] = []
  for (const { document, live, source, changed } of documents.values()) {
    if (!changed || !document) continue
    if (live) bySource.set(source, [...(bySource.get(source) ?? []), document])
    else retired.push(document)
  }
  // A document keeps the source it came from, or that source's next whole file would not know it as its own.
  for (const [source, some] of bySource) {
    const prepared = some.map((document) => prepareDocument(document))
    await effects.putDocuments(source, prepared)
  }
  await effects.retireDocuments(retired.map(({ id }) => documentId(id)))
  await effects.setStock([...stock.values()])
}

function lastOfEach(outcomes: EventOutcome[]): EventOutcome[] {
  return [...new Map(outcomes.map((one) => [JSON.stringify([one.source, one.id]), one])).values()]
}

const nameOf = ({ source, id }: Stamp) => ({ source, id })
const applied = (stamp: Stamp): EventOutcome => ({ ...nameOf(stamp), state: 'applied' })
