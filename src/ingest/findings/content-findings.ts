import type {
  ChangedDocument,
  DocumentLook,
  FindingBatch,
  FindingStore,
  LiveDocument,
  NewFinding,
} from '#db/findings/findings.port.ts'
import { Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { boilerplateOf } from '../boilerplate/boilerplate-finding.ts'
import { cutAnew, safeCut } from '../boilerplate/cut-anew.ts'
import { BOILERPLATE } from '../boilerplate/learn-from-import.ts'
import { attributesOf } from './attribute-columns.ts'
import type { ContentFindings } from './content-findings.port.ts'
import { explain } from './explain.ts'
import { groupFinding, MOST_NAMED, namedBy } from './group-findings.ts'
import { lookAtDocument, RULES } from './look-at-document.ts'
import { remarkNearDuplicates } from './near-duplicates.ts'
import { emptyTypes, oddFindings, oddTypes } from './odd-attributes.ts'

/** Documents a transaction: some 80 ms of a processor. */
const BATCH = 100
/** While questions come: what delays them is short. */
const SMALL_BATCH = 25
/** Enough to see which texts are a choice among a few. */
const ATTRIBUTE_SAMPLE = 300
/** What a shop can be told of at once; more than this is one decision about the source, not so many about documents. */
const MOST_OVERDUE = 5_000
/** Nobody is quoted what ends tomorrow; ages are looked at as often. */
const AGES_EVERY_MS = 3_600_000
/** While a file is stored its content is not looked at, which would take the import's time; a shop that imports all day waits so long. */
const WAITS_FOR_IMPORTS_MS = 900_000

/**
 * Findings about content, kept current batch by batch; nothing is held in memory between two. Between two batches it gives way:
 * `rest` resolves when the next may begin, with `asked` while questions come.
 */
export function contentFindings(
  store: FindingStore,
  clock: Clock,
  rest: (signal: AbortSignal) => Promise<'calm' | 'asked'> = async () => 'calm',
): ContentFindings {
  const sizeAfter = async (signal: AbortSignal) => ((await rest(signal)) === 'calm' ? BATCH : SMALL_BATCH)

  async function settle(shop: ShopId, changed: ChangedDocument[], signal: AbortSignal): Promise<void> {
    const looks = changed.flatMap(({ live }) => (live ? [safeLook(live)] : []))
    const gone = changed.flatMap(({ id, live }) => (live ? [] : [id]))
    await store.batch(shop, RULES, signal, async (batch) => {
      const at = clock.now()
      const touched = await batch.replace(looks, gone, at)
      const alike = await remarkNearDuplicates(batch, looks, gone, touched)
      const origins = [...new Set([...touched.filter((mark) => !mark.startsWith('band:')), ...alike])]
      const groups = await batch.groups(origins, MOST_NAMED + 1)
      const known = await batch.documents([...new Set(groups.flatMap(namedBy))])
      const findings = groups.map((group) => groupFinding(group, known)).filter((finding) => finding !== null)
      await batch.found(origins, findings, at)
      const live = changed.flatMap(({ live }) => live ?? [])
      await batch.recut(await cutAnew(batch, live, looks))
    })
  }

  /** Documents whose passages are not as what is repeated now would have them. */
  async function settleRecuts(shop: ShopId, signal: AbortSignal): Promise<void> {
    for (let more = true; more; ) {
      const size = await sizeAfter(signal)
      signal.throwIfAborted()
      await store.batch(shop, RULES, signal, async (batch) => {
        const ids = await batch.takeRecuts(size)
        more = ids.length === size
        const repeated = await batch.repeated()
        await batch.recut([...(await batch.documents(ids)).values()].flatMap((live) => safeCut(live, repeated)))
      })
    }
  }

  async function settleSources(shop: ShopId, signal: AbortSignal): Promise<void> {
    const repeated = await store.repeated(shop, BOILERPLATE, signal)
    const columns = await store.attributeColumns(shop, null, signal)
    const odd = [...oddTypes(columns), ...emptyTypes(columns)]
    const having = await store.withAttributes(shop, odd, MOST_NAMED, signal)
    const usual = new Map(odd.map((one) => [`${one.source}\n${one.entry}`, one.usual]))
    const mixed = having.map((one) => ({ ...one, usual: usual.get(`${one.source}\n${one.entry}`) ?? '' }))
    const overdue = await store.overdue(shop, clock.now(), MOST_OVERDUE, signal)
    await store.batch(shop, RULES, signal, async (batch) => {
      const examples = repeated.flatMap(({ examples }) => examples)
      const typed = mixed.flatMap(({ documents }) => documents)
      const known = await batch.documents([...new Set([...examples, ...typed, ...overdue.map(({ id }) => id)])])
      await batch.foundAll('attribute:', oddFindings(mixed, known), clock.now())
      const found = repeated.flatMap((one) => boilerplateOf(one, known))
      await batch.setRepeated(found.flatMap(({ words }) => words ?? []))
      const told = found.map(({ finding }) => finding)
      await batch.foundAll('sentence:', told, clock.now())
      await batch.foundAll(
        'age:',
        overdue.flatMap((one) => pastReview(one, known)),
        clock.now(),
      )
    })
  }

  return {
    async pass(shop, signal) {
      const { epoch } = await store.state(shop, RULES, signal)
      let looked = 0
      for (let after = ''; ; ) {
        const size = await sizeAfter(signal)
        signal.throwIfAborted()
        const changed = await store.changed(shop, RULES, after, size, signal)
        const last = changed.at(-1)
        if (!last) break
        await settle(shop, changed, signal)
        looked += changed.length
        after = last.id
      }
      await rest(signal)
      await settleSources(shop, signal)
      await settleRecuts(shop, signal)
      await store.settled(shop, RULES, epoch, clock.now(), signal)
      return { looked }
    },
    async due(shop, signal) {
      const { epoch, changed, importing, lookedAt } = await store.state(shop, RULES, signal)
      const age = lookedAt === null ? Number.POSITIVE_INFINITY : clock.now().getTime() - lookedAt.getTime()
      if (importing && (lookedAt === null || age < WAITS_FOR_IMPORTS_MS)) return null
      return changed || age >= AGES_EVERY_MS ? { epoch } : null
    },
    async attributes(shop, source, signal) {
      const columns = await store.attributeColumns(shop, source, signal)
      return attributesOf(columns, await store.sample(shop, source, 'product', ATTRIBUTE_SAMPLE, signal))
    },
    canonicalOf: (shop, id, signal) => store.canonicalOf(shop, id, signal),
    async list(shop, page, signal) {
      const { lookedAt, changed } = await store.state(shop, RULES, signal)
      const { items, nextCursor } = await store.list(shop, page, signal)
      return {
        items: items.map((finding) => ({ ...finding, ...explain(finding) })),
        nextCursor,
        lookedAt,
        complete: !changed,
      }
    },
  }
}

/** A text that today's rules refuse was stored by older ones; it must not stop everything after it. */
function safeLook(live: LiveDocument): DocumentLook {
  try {
    return lookAtDocument(live)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { document, ...rest } = live
    return { ...lookAtDocument({ ...rest, document: { ...document, text: '' } }), own: [] }
  }
}

type Overdue = Awaited<ReturnType<FindingStore['overdue']>>[number]
type Known = Awaited<ReturnType<FindingBatch['documents']>>

function pastReview({ id, why, since, maxAgeDays }: Overdue, known: Known): NewFinding[] {
  const found = known.get(id)
  if (!found) return []
  const detail = { why, since: since.toISOString().slice(0, 10), ...(maxAgeDays === null ? {} : { maxAgeDays }) }
  return [{ kind: 'past_review', origin: `age:${id}`, documents: [named(found)], documentCount: 1, quotes: [], detail }]
}

function named({ document: { id, title }, version, source }: LiveDocument) {
  return { id, version, title, source }
}
