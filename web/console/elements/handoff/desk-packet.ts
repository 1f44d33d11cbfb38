import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { HandoffDetail, HandoffPacket } from '../../../api-client/desk-shapes.ts'
import { safeUrl } from '../../state/safe-url.ts'
import { cardStyles } from '../../styles/cards.ts'
import { controls } from '../../styles/controls.ts'
import { packetStyles } from '../../styles/packet.ts'
import { LOCALE } from '../../texts/counting.ts'
import { texts } from '../../texts/english.ts'
import { fullTime, shortTime } from '../../texts/times.ts'
import { orderCard } from './cards.ts'

const languages = new Intl.DisplayNames(LOCALE, { type: 'language' })

/** All the assistant knew, at a glance, so that nothing is asked twice. Fires `use-reply` with `text`. */
export class DeskPacket extends LitElement {
  static override properties = {
    handoff: { attribute: false },
    now: { attribute: false },
    usable: { type: Boolean },
    used: { state: true },
  }
  static override styles = [controls, cardStyles, packetStyles]

  declare handoff: HandoffDetail
  declare now: Date
  /** Whether the suggested reply may be taken over. */
  declare usable: boolean
  /** The hand-over whose suggestion was taken over. */
  declare used: string

  constructor() {
    super()
    this.usable = false
    this.used = ''
  }

  override render() {
    const { packet, reason } = this.handoff
    const { erased, question, why, summary } = texts.packet
    if (packet.reason === undefined) return html`<p class="erased muted">${erased}</p>${this.#history()}`
    return html`${part(
      question,
      html`<p class="question">${packet.question ?? texts.row.noQuestion}</p>
`,
    )}
      ${part(why, html`<p>${texts.reasons[reason] ?? reason}</p>`)}
      ${packet.summary ? part(summary, html`<p>${packet.summary}</p>`) : nothing}
      ${packet.suggestedReply ? this.#suggestion(packet.suggestedReply) : nothing} ${this.#shopper(packet)}
      ${orders(packet)} ${tried(packet)} ${found(packet)} ${this.#history()}`
  }

  #suggestion(text: string) {
    const { suggested, use, used } = texts.packet
    return part(
      suggested,
      html`<blockquote class="suggested">${text}</blockquote>
        ${
          this.usable
            ? html`<button class="button small" @click=${() => this.#use(text)}>${use}</button>
              <p class="small muted" role="status">${this.used === this.handoff.id ? used : nothing}</p>`
            : nothing
        }`,
    )
  }

  #use(text: string): void {
    this.used = this.handoff.id
    this.dispatchEvent(new CustomEvent('use-reply', { detail: { text }, bubbles: true, composed: true }))
  }

  #shopper({ identity, locale }: HandoffPacket) {
    const { who, name_, email, contact, customer, language, promised } = texts.packet
    const address = this.handoff.contact ?? identity?.contact ?? null
    const known = [identity?.name, identity?.email, identity?.customerId].some(Boolean)
    return part(
      who,
      html`${known ? nothing : html`<p>${texts.person.notIdentified}</p>`}
        <dl class="facts">
          ${fact(name_, identity?.name)} ${fact(email, identity?.email)}
          ${fact(customer, identity?.customerId)} ${fact(contact, address === identity?.email ? null : address)}
          ${fact(language, locale ? languageName(locale) : null)}
          ${fact(promised, this.#promised())}
        </dl>`,
    )
  }

  /** What the shopper was last told, as long as they wait for it. */
  #promised(): string | null {
    const { expectedReplyBy, repliedAt, status } = this.handoff
    if (expectedReplyBy === null || repliedAt !== null || status === 'resolved') return null
    return texts.packet.replyBy(shortTime(new Date(expectedReplyBy), this.now))
  }

  #history() {
    const { history, by, changes } = texts.packet
    if (this.handoff.history.length === 0) return nothing
    return part(
      history,
      html`<ol class="history">
        ${this.handoff.history.map(
          ({ change, by: who, note, at }) =>
            html`<li>
              ${by(changes[change] ?? change, who?.name ?? null)}
              <time class="small muted" datetime=${at} title=${fullTime(new Date(at))}>${shortTime(new Date(at), this.now)}</time>
              ${note ? html`<blockquote>${note}</blockquote>` : nothing}
            </li>`,
        )}
      </ol>`,
    )
  }
}

function part(title: string, content: unknown): TemplateResult {
  return html`<section><h3>${title}</h3>${content}</section>`
}

function fact(label: string, value: string | null | undefined) {
  return value ? html`<div><dt>${label}</dt><dd>${value}</dd></div>` : nothing
}

function orders({ orders = [], provenOrders = [] }: HandoffPacket) {
  const title = texts.packet.orders(orders.length)
  if (orders.length === 0)
    return provenOrders.length === 0 ? nothing : part(texts.packet.proven, provenOrders.join(', '))
  return part(
    title,
    html`${orders.map(orderCard)}
      ${provenOrders.length > 0 ? html`<p class="small muted">${texts.packet.proven}: ${provenOrders.join(', ')}</p>` : nothing}`,
  )
}

function tried({ tried = [] }: HandoffPacket) {
  if (tried.length === 0) return nothing
  return part(
    texts.packet.tried,
    html`<ol class="tried">${tried.map((stage) => html`<li>${texts.packet.stages[stage] ?? stage}</li>`)}</ol>`,
  )
}

function found({ retrieved = [] }: HandoffPacket) {
  if (retrieved.length === 0) return nothing
  return part(
    texts.packet.found,
    html`<ul class="found">
      ${retrieved.map(({ documentId, title, url, quote }) => {
        const address = safeUrl(url)
        const name = title ?? documentId
        return html`<li>
          ${address ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${name}</a>` : name}
          ${quote ? html`<blockquote>${quote}</blockquote>` : nothing}
        </li>`
      })}
    </ul>`,
  )
}

function languageName(locale: string): string {
  try {
    return languages.of(locale) ?? locale
  } catch {
    return locale
  }
}
