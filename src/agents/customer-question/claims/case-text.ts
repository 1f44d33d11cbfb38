import type { OrderCase } from '#domain/answer.ts'
import type { CaseDetail } from '#domain/approvals/case.ts'
import { claimsWithoutReceipt } from '#domain/approvals/claims.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import { readRequest } from '#domain/exceptions/customer-request.ts'
import { type Money, moneyText } from '#domain/money.ts'
import type { Language } from '#rag/understand/understanding.port.ts'
import { requestName } from '../requests/request-phrases.ts'
import { actionText, tell, whatText } from './claim-phrases.ts'

/**
 * How a case stands, for the customer, at `at` (ISO 8601 UTC): what is asked for and who decides by when before it is done, and
 * what was done with its receipt afterwards. Says nothing was done that no receipt shows.
 */
export function caseText(one: CaseDetail, at: string, language: Language): string {
  // What the shop found by itself nobody has reported.
  const head = tell(language, isRequest(one) ? 'own_request' : one.source === 'customer' ? 'own' : 'found', {
    order: one.order,
    what: caseName(one, language),
  })
  const text = head + standing(one, at, language)
  const done = one.actions
    .filter(({ status }) => status === 'succeeded')
    .map(({ kind, receipt }) => ({ kind, receipt, confirmed: false }))
  if (claimsWithoutReceipt(text, done).length === 0) return text
  return head + undecided(done.length === 0 ? 'with_person' : 'rest_with_person', one, at, language)
}

/** What a case is about, in plain words: what went wrong, or what was asked for. */
export function caseName({ type, data }: Pick<CaseDetail, 'type' | 'data'>, language: Language): string {
  const request = type === 'customer_request' ? readRequest(data.request) : null
  return request ? requestName(language, request.kind) : whatText(language, type)
}

/** How a case stands for the customer, as a code. `requested` until a person or policy agreed, `done` only with a receipt. */
export function caseState(one: CaseDetail): OrderCase['state'] {
  const own = one.actions.filter(({ undoOf }) => undoOf === null)
  if (own.some(({ status }) => UNDER_WAY.includes(status))) return 'agreed'
  const isChanged = own.some(({ status, kind }) => status === 'succeeded' && !LETTERS.has(kind))
  if ((isChanged && isWhole(one, own)) || isLetterDone(one, own)) return 'done'
  if (one.status === 'resolved') return 'closed'
  if (isDeclined(one)) return 'declined'
  if (one.status === 'executing') return 'agreed'
  if (one.status === 'waiting') return 'waiting'
  if (one.status === 'awaiting_approval' || (isRequest(one) && one.status === 'investigating')) return 'requested'
  return one.status === 'investigating' ? 'investigating' : 'with_person'
}

const isRequest = ({ type, source }: CaseDetail) => type === 'customer_request' && source === 'customer'
const isDeclined = ({ status, reason }: CaseDetail) =>
  status === 'escalated' && (reason?.startsWith('rejected') ?? false)
/** A part that is done is not all of it where the rest failed, stands to be decided, or is with a person. */
const isWhole = ({ status }: CaseDetail, actions: CaseDetail['actions']) =>
  status === 'resolved' ||
  (!['awaiting_approval', 'escalated', 'failed'].includes(status) &&
    !actions.some((action) => action.status === 'failed' || action.status === 'cancelled'))
const isLetterDone = ({ status }: CaseDetail, actions: CaseDetail['actions']) =>
  (status === 'resolved' || status === 'waiting') && actions.some((action) => action.status === 'succeeded')

/** Whether the customer gains by hearing of it unasked: it is open, they reported it, or something was done to their order. */
export function isWorthTelling(one: CaseDetail): boolean {
  if (one.status !== 'resolved' || one.source === 'customer') return true
  return one.actions.some(({ status, kind }) => status === 'succeeded' && !LETTERS.has(kind))
}

/** A moment as the customer reads it. */
export function momentText(moment: Date, language: Language): string {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const
  return `${new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-IE', format).format(moment)} UTC`
}

const LETTERS: ReadonlySet<ActionKind> = new Set<ActionKind>([
  'notify_customer',
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
])
const UNDER_WAY = ['authorised', 'sending', 'unknown']

function standing(one: CaseDetail, at: string, language: Language): string {
  const { status, actions } = one
  const own = actions.filter(({ undoOf }) => undoOf === null)
  const under = named(
    own.filter((action) => UNDER_WAY.includes(action.status)),
    'asked',
    language,
  )
  if (under) return tell(language, agreedBy(one), { actions: under })
  const done = named(
    own.filter((action) => action.status === 'succeeded'),
    'done',
    language,
  )
  const undone = named(
    own.filter((action) => action.status === 'undone'),
    'asked',
    language,
  )
  const past =
    (done ? tell(language, 'done', { actions: done }) : '') +
    (undone ? tell(language, 'undone', { actions: undone }) : '')
  // Who cancelled the order in between is not known here.
  const closed = one.cause === 'already_cancelled' ? 'closed_cancelled' : 'closed'
  if (status === 'resolved') return past.trim() || tell(language, closed)
  const next = upcoming(one, at, language, past !== '')
  return past ? `${past.trim()} ${next}` : next
}

/** Whose word it was: a person's, or policy's alone. */
function agreedBy({ proposal, decisions }: CaseDetail): 'approved' | 'released' {
  if (proposal?.state === 'released') return 'released'
  const isDecided = decisions.some(({ decision }) => decision === 'approve' || decision === 'edit')
  return proposal?.state === 'approved' || isDecided ? 'approved' : 'released'
}

function upcoming(one: CaseDetail, at: string, language: Language, isBegun: boolean): string {
  const { proposal } = one
  const asked = proposal ? named(proposal.actions, 'asked', language) : ''
  if (one.status === 'awaiting_approval' && proposal?.state === 'standing' && asked)
    return undecided('requested', one, at, language, asked)
  // Released or agreed to, and not yet written down as under way.
  if (one.status === 'executing' && asked) return tell(language, agreedBy(one), { actions: asked })
  if (isDeclined(one) && asked) return tell(language, 'declined', { actions: asked })
  if (one.status === 'waiting' && one.lookAgainAt)
    return tell(language, isBegun ? 'rest_waiting' : 'waiting', { again: momentText(one.lookAgainAt, language) })
  const byPerson = isBegun ? 'rest_with_person' : 'with_person'
  return undecided(one.status === 'investigating' ? 'investigating' : byPerson, one, at, language)
}

function undecided(
  phrase: 'requested' | 'investigating' | 'with_person' | 'rest_with_person',
  { dueBy }: CaseDetail,
  at: string,
  language: Language,
  actions = '',
): string {
  const late = dueBy.getTime() < Date.parse(at) ? tell(language, 'late') : ''
  return tell(language, phrase, { actions, due: momentText(dueBy, language) }) + late
}

type Named = { kind: ActionKind; money: Money | null; receipt?: string | null }

function named(actions: readonly Named[], how: 'asked' | 'done', language: Language): string {
  const [locale, of, receipt] = language === 'de' ? ['de-DE', 'über', 'Beleg'] : ['en-IE', 'of', 'receipt']
  const texts = actions.map((action) =>
    actionText(language, action.kind, how, {
      of: action.money ? ` ${of} ${moneyText(action.money, locale ?? 'en-IE')}` : '',
      receipt: action.receipt ? ` (${receipt} ${action.receipt})` : '',
    }),
  )
  return [...new Set(texts.filter((text) => text !== null))].join('; ')
}
