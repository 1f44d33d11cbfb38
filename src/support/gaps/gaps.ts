import { createHash } from 'node:crypto'
import type { UnansweredQuestion, UnansweredReason, UnansweredReport } from '#db/reports/unanswered.port.ts'
import { Fault } from '#domain/fault.ts'
import type { DocumentId, ShopId } from '#domain/ids.ts'
import { masked, maskedContact } from '#domain/masking.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Previews } from '../preview/preview.port.ts'
import type { AskedAgain, Gap, Gaps, QuestionWords } from './gaps.port.ts'
import { grouped } from './grouping.ts'

const DAY_MS = 86_400_000
/** The newest questions that are looked at. Reading their words takes a tenth of a millisecond each, in which nothing else is done. */
const MOST_QUESTIONS = 2_000
/** Who was asked back may still be typing. */
const CLARIFIED_MS = 10 * 60_000
const EXAMPLES = 5
const EXAMPLE_CHARACTERS = 300
const NEAREST = 5
const ASKED_AGAIN = 10
/** Of a long text: what it is about stands in its first words, and two long texts would hardly ever share most of theirs. */
const MOST_WORDS = 24

/** Gaps over the stored answers, grouped anew at every call: what was erased or answered since is not in them. */
export function gaps(report: UnansweredReport, words: QuestionWords, previews: Previews, clock: Clock): Gaps {
  async function groupsOf(shop: ShopId, days: number, signal: AbortSignal) {
    const now = clock.now().getTime()
    const since = new Date(now - days * DAY_MS)
    const window = { since, settledBefore: new Date(now - CLARIFIED_MS), limit: MOST_QUESTIONS }
    const stored = await report.questions(shop, window, signal)
    // First of all, so that an address is neither shown nor among the words of a group.
    const questions = stored.map((question) => ({ ...question, text: maskedContact(masked(question.text)) }))
    const wordsOf = ({ text, locale }: UnansweredQuestion) => words(text, locale).slice(0, MOST_WORDS)
    return { groups: grouped(questions, wordsOf), middle: new Date(now - (days * DAY_MS) / 2) }
  }

  async function groupOf(shop: ShopId, { id, days }: { id: string; days: number }, signal: AbortSignal) {
    const { groups } = await groupsOf(shop, days, signal)
    return groups.find(({ words: about }) => idOf(about) === id)?.items.sort(newestFirst) ?? null
  }

  return {
    async list(shop, { days, limit, cursor }, signal) {
      const from = cursor === null ? null : readCursor(cursor)
      const { groups, middle } = await groupsOf(shop, days, signal)
      const all = groups.map(({ words: about, items }) => gapOf(about, items, middle)).sort(byWeight)
      const rest = from === null ? all : all.filter((gap) => byWeight(gap, from) > 0)
      const page = rest.slice(0, limit)
      const last = page.at(-1)
      const found = page.flatMap(({ nearestDocuments }) => nearestDocuments.map(({ documentId }) => documentId))
      const titles = await report.titles(shop, [...new Set(found)], signal)
      for (const gap of page) for (const near of gap.nearestDocuments) near.title = titles.get(near.documentId) ?? null
      return { items: page, nextCursor: rest.length > limit && last ? writeCursor(last) : null }
    },
    async askAgain(shop, gap, signal) {
      const questions = await groupOf(shop, gap, signal)
      if (!questions) return null
      const different = new Map(questions.map(({ text, locale }) => [JSON.stringify([text, locale]), { text, locale }]))
      const items: AskedAgain[] = []
      // One after the other: shoppers ask meanwhile.
      for (const { text, locale } of [...different.values()].slice(0, ASKED_AGAIN))
        items.push({
          question: text,
          locale,
          preview: await previews.ask(shop, text, locale ? { locale } : {}, signal),
        })
      return { answered: items.filter(({ preview }) => preview.outcome === 'answered').length, items }
    },
    async dismiss(shop, gap, signal) {
      const questions = await groupOf(shop, gap, signal)
      if (!questions) return null
      const ids = questions.map(({ id }) => id)
      await report.dismiss(shop, ids, clock.now(), signal)
      return ids.length
    },
  }
}

function gapOf(words: string[], questions: UnansweredQuestion[], middle: Date): Gap {
  const sorted = questions.toSorted(newestFirst)
  const times = sorted.map(({ askedAt }) => askedAt)
  const reasons: Partial<Record<UnansweredReason, number>> = {}
  for (const { reason } of questions) reasons[reason] = (reasons[reason] ?? 0) + 1
  const [lastAskedAt = middle] = times
  return {
    id: idOf(words),
    words,
    count: questions.length,
    recent: times.filter((at) => at >= middle).length,
    firstAskedAt: times.at(-1) ?? lastAskedAt,
    lastAskedAt,
    examples: [...new Set(sorted.map(({ text }) => shortened(text)))].slice(0, EXAMPLES),
    reasons,
    nearestDocuments: nearestOf(sorted),
  }
}

function idOf(words: string[]): string {
  return `gap_${createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 20)}`
}

function newestFirst(one: UnansweredQuestion, other: UnansweredQuestion): number {
  return other.askedAt.getTime() - one.askedAt.getTime()
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= EXAMPLE_CHARACTERS ? text : `${characters.slice(0, EXAMPLE_CHARACTERS).join('')}…`
}

function nearestOf(questions: UnansweredQuestion[]): Gap['nearestDocuments'] {
  const found = new Map<DocumentId, number>()
  for (const { documents } of questions)
    for (const document of documents) found.set(document, (found.get(document) ?? 0) + 1)
  return [...found]
    .sort(([one, oneCount], [other, otherCount]) => otherCount - oneCount || (one < other ? -1 : 1))
    .slice(0, NEAREST)
    .map(([documentId, count]) => ({ documentId, title: null, questions: count }))
}

type Weight = Pick<Gap, 'count' | 'lastAskedAt' | 'id'>

/** The most asked first, then the newest, then by id: a total order, so that pages neither overlap nor leave one out. */
function byWeight(one: Weight, other: Weight): number {
  return (
    other.count - one.count ||
    other.lastAskedAt.getTime() - one.lastAskedAt.getTime() ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  )
}

function writeCursor({ count, lastAskedAt, id }: Weight): string {
  return Buffer.from([count, lastAskedAt.getTime(), id].join(' ')).toString('base64url')
}

function readCursor(cursor: string): Weight {
  const [, count, at, id] =
    /^(\d{1,9}) (\d{1,15}) (gap_[\da-f]{20})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (count === undefined || at === undefined || id === undefined)
    throw new Fault({
      kind: 'user',
      code: 'support.cursor.invalid',
      message: 'The cursor is not one of a previous page.',
      errors: [{ path: 'cursor', message: 'unknown cursor' }],
    })
  return { count: Number(count), lastAskedAt: new Date(Number(at)), id }
}
