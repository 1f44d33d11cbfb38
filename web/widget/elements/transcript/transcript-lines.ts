import { moneyText } from '#domain/money.ts'
import type { Answer, OrderCard, ProductCard } from '../../../api-client/shapes.ts'
import type { Entry } from '../../chat.port.ts'
import { dayText } from '../language/spans.ts'
import { absoluteTime } from '../language/times.ts'
import type { View } from '../view.ts'

/** A line of the conversation as it is kept outside the widget, with everything it rested on. */
export type TranscriptLine = {
  who: string
  at: string
  language: string | null
  text: string
  sources: { title: string; quote: string; language: string | null; updated: string; url: string | null }[]
  facts: string[]
}

/** The whole conversation, oldest first, in the words and times of the shopper. Lines without text or facts are left out. */
export function transcriptLines(view: View): TranscriptLine[] {
  return view.state.entries.map((entry) => lineOf(entry, view)).filter(({ text, facts }) => text || facts.length)
}

function lineOf(entry: Entry, view: View): TranscriptLine {
  const { say, locale } = view
  const at = absoluteTime(entry.at, locale)
  const plain = { at, language: null, sources: [], facts: [] }
  switch (entry.kind) {
    case 'shopper':
      return { ...plain, who: view.state.customer?.name ?? say('you'), text: entry.text }
    case 'person':
      return { ...plain, who: entry.name ?? say('person'), text: entry.text }
    case 'handoff': {
      const name = entry.notice.person?.name ?? say('someone')
      const ended = entry.notice.resolution === 'returned' ? say('returned') : say('resolved')
      const text = { waiting: say('waiting_since'), claimed: say('claimed', { name }), resolved: ended }[
        entry.notice.status
      ]
      return { ...plain, who: say('person'), text }
    }
    case 'assistant':
      return {
        ...plain,
        who: view.assistant,
        text: entry.text,
        language: entry.answer?.language ?? null,
        ...restOf(entry.answer, view),
      }
  }
}

function restOf(answer: Answer | null, view: View): Pick<TranscriptLine, 'sources' | 'facts'> {
  if (!answer) return { sources: [], facts: [] }
  const sources = answer.citations.map(({ title, quote, field, language, updatedAt, url }) => ({
    title,
    quote,
    language,
    updated: `${field ? `${field.name}: ${field.value} · ` : ''}${view.say('updated', { when: absoluteTime(new Date(updatedAt), view.locale) })}`,
    url: view.link(url),
  }))
  return {
    sources,
    facts: [
      ...answer.orders.map((order) => orderFact(order, view)),
      ...answer.products.map((card) => productFact(card, view)),
    ],
  }
}

function orderFact({ orderId, statusText, expectedBy, asOf }: OrderCard, { say, locale }: View): string {
  const expected = expectedBy ? `${say('expected')}: ${dayText(new Date(expectedBy), locale)}` : ''
  const checked = say('checked', { when: absoluteTime(new Date(asOf), locale) })
  return [say('order', { id: orderId }), statusText, expected, checked].filter(Boolean).join(' · ')
}

function productFact({ title, price, asOf, url }: ProductCard, { say, locale, link }: View): string {
  const read = say('as_of', { when: absoluteTime(new Date(asOf), locale) })
  return [title, price ? moneyText(price, locale) : '', read, link(url) ?? ''].filter(Boolean).join(' · ')
}
