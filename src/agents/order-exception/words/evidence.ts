import type { Evidence } from '#domain/approvals/proposal.ts'
import type { FactName, FactValues, Investigation, Looked, ReportedException } from '#domain/exceptions/facts.ts'
import { FACT_NAMES } from '#domain/exceptions/facts.ts'
import { type Money, moneyText, NO_CURRENCY } from '#domain/money.ts'
import type { Order } from '#domain/order.ts'
import { newestSign } from '#domain/parcels/parcel-signs.ts'

/** Texts of other people are shown up to here, in quotation marks. */
const QUOTE_CHARACTERS = 280

/** What is known of a case, a fact each, with its source and the moment it was looked at; also who did not answer. */
export function evidenceOf({ exception, facts }: Investigation): Evidence[] {
  const order = facts.order?.outcome === 'known' ? facts.order.value : null
  const looked = FACT_NAMES.flatMap((name) => {
    const fact = facts[name]
    return fact === undefined ? [] : [evidence(name, fact, order)]
  })
  return [reported(exception), ...looked]
}

function reported({ source, detail, detectedAt }: ReportedException): Evidence {
  const fact = detail === '' ? 'Reported without words.' : `Reported: “${quoted(detail)}”`
  return { id: 'report', source, fact, observedAt: detectedAt }
}

function evidence(name: FactName, fact: Looked<FactValues[FactName]>, order: Order | null): Evidence {
  const { source, observedAt } = fact
  if (fact.outcome === 'silent') return { id: name, source, fact: `No answer (${fact.why}).`, observedAt }
  const words =
    fact.value === null ? 'Not on record.' : WORDS[name](fact.value as never, order?.currency ?? NO_CURRENCY)
  return { id: name, source, fact: words, observedAt }
}

const WORDS: { [Name in FactName]: (value: NonNullable<FactValues[Name]>, currency: string) => string } = {
  order: ({ status, total, currency, lines, placedAt, promisedBy, riskSignals }) =>
    `${status}; ${lines.map(({ sku, qty }) => `${qty} × ${sku}`).join(', ')}; ${text(total, currency)}; placed ${placedAt}, promised by ${promisedBy}${riskSignals?.length ? `; signals: ${riskSignals.join(', ')}` : ''}.`,
  parcels: (parcels) =>
    parcels
      .map((parcel) => {
        const newest = newestSign(parcel)
        const scan = newest
          ? `${newest.event.code} “${quoted(newest.event.description)}” ${newest.event.location ?? ''} ${newest.event.at}`
          : 'no scan'
        return `${parcel.carrier} ${parcel.tracking}: newest scan ${scan}${parcel.eta ? `, expected ${parcel.eta}` : ''}.`
      })
      .join(' ') || 'No parcel.',
  stock: (rows) =>
    rows
      .map(
        ({ sku, location, onHand, reserved, own, incomingAt, incomingQty }) =>
          `${sku} at ${location}: ${onHand - reserved} free of ${onHand}${own ? `, ${own} reserved for this order` : ''}${incomingQty ? `, ${incomingQty} coming ${incomingAt}` : ''}.`,
      )
      .join(' ') || 'Nobody counts these SKUs.',
  payment: ({ status, captured, refunded, refunding, disputed }, currency) =>
    `${status}; taken ${text(captured, currency)}, paid back ${text(refunded, currency)}, on its way back ${text(refunding, currency)}${disputed ? '; disputed' : ''}.`,
  customer: ({ tier, lifetimeOrders, priorClaims }) =>
    `${tier}, ${lifetimeOrders} orders, ${priorClaims} claims before.`,
  relatedOrders: (orders) =>
    orders
      .map(
        ({ id, status, total, currency, placedAt }) =>
          `${id}: ${status}, ${text(total, currency)}, placed ${placedAt}.`,
      )
      .join(' ') || 'No other order.',
  prices: (prices, currency) =>
    prices
      .map(({ sku, listPrice, effectiveFrom }) => `${sku}: ${text(listPrice, currency)} from ${effectiveFrom}.`)
      .join(' ') || 'No list price.',
}

const text = (amount: number, currency: string) => moneyText({ amount, currency } satisfies Money, 'en')

/** On one line and not too long: it is shown, never read for orders. */
const quoted = (words: string) => {
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length > QUOTE_CHARACTERS ? `${line.slice(0, QUOTE_CHARACTERS)}…` : line
}
