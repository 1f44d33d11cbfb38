import { html, nothing, type TemplateResult } from 'lit'
import type { DeskMessage } from '../../../api-client/desk-shapes.ts'
import type { Answer, Citation, Feedback } from '../../../api-client/shapes.ts'
import type { Me } from '../../state/belonging.ts'
import { safeUrl } from '../../state/safe-url.ts'
import { texts } from '../../texts/english.ts'
import { dateText, fullTime, shortTime } from '../../texts/times.ts'
import { icon } from '../icons.ts'
import { orderCard, productCard } from './cards.ts'

/** `open`: the hand-over is not closed, so what happens further is told. */
type Context = { me: Me; now: Date; open: boolean }

/** One message of the transcript; nothing for an answer the assistant left to a person. */
export function messageLine(message: DeskMessage, { me, now, open }: Context): TemplateResult | typeof nothing {
  if (message.role === 'assistant' && message.text === '') return nothing
  const own = message.role === 'person' && message.author !== null && message.author === me?.name
  const name =
    message.role === 'person'
      ? own
        ? texts.transcript.you
        : (message.author ?? texts.transcript.person)
      : texts.transcript[message.role]
  const at = new Date(message.at)
  return html`<li class=${`line ${message.role}`}>
    <p class="meta">
      ${message.role === 'shopper' ? nothing : icon(message.role)}
      <strong>${name}</strong>
      <time datetime=${message.at} title=${fullTime(at)}>${shortTime(at, now)}</time>
    </p>
    <div class="bubble">
      <p class="text" lang=${message.answer?.language ?? nothing}>${message.text}</p>
      ${message.answer ? answerParts(message.answer) : nothing}
    </div>
    ${afterwards(message, open)}
  </li>`
}

function answerParts(answer: Answer): TemplateResult {
  const { products, orders, citations, options, confidence, gate } = answer
  const percent = (part: number) => Math.round(part * 100)
  // An outcome that rests on no claim has nothing to be sure of.
  const claims = gate.threshold > 0
  return html`${options.length > 0 ? html`<ul class="options">${options.map(({ label }) => html`<li class="chip">${label}</li>`)}</ul>` : nothing}
    ${products.map(productCard)} ${orders.map(orderCard)}
    ${
      citations.length > 0
        ? html`<details class="sources">
          <summary>${icon('quote')} ${texts.transcript.sources(citations.length)}</summary>
          <ul>${citations.map(citation)}</ul>
        </details>`
        : nothing
    }
    <p class="verdict small muted">
      ${texts.transcript.outcomes[answer.outcome]}${
        claims
          ? html` · <span class=${gate.passed ? '' : 'doubt'}>${texts.transcript.sure(percent(confidence))}</span>, ${texts.transcript.needed(percent(gate.threshold))}`
          : nothing
      }
    </p>`
}

function citation({ title, url, quote, updatedAt, language, state }: Citation): TemplateResult {
  const address = safeUrl(url)
  return html`<li>
    <blockquote lang=${language ?? nothing}>${quote}</blockquote>
    <p class="small muted">
      ${address ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${title}</a>` : title},
      ${texts.transcript.from(dateText(updatedAt))}
      ${state === 'gone' ? html`<span class="chip warn">${icon('alarm')}${texts.transcript.gone}</span>` : nothing}
      ${state === 'changed' ? html`<span class="chip warn">${icon('alarm')}${texts.transcript.changed}</span>` : nothing}
    </p>
  </li>`
}

function afterwards({ role, state, feedback, seenAt }: DeskMessage, open: boolean): TemplateResult | typeof nothing {
  if (open && role === 'shopper' && state === 'pending') return html`<p class="after">${texts.transcript.pending}</p>`
  if (role === 'assistant' && state === 'stopped') return html`<p class="after">${texts.transcript.stopped}</p>`
  if (role === 'person' && seenAt)
    return html`<p class="after" title=${fullTime(new Date(seenAt))}>${texts.transcript.seen}</p>`
  return feedback ? html`<p class="after">${opinion(feedback)}</p>` : nothing
}

function opinion({ helpful, reason, comment }: Feedback): TemplateResult {
  const { helpful: good, unhelpful, feedbackReasons } = texts.transcript
  const why = reason === null ? null : (feedbackReasons[reason] ?? reason)
  return html`${icon(helpful ? 'thumbUp' : 'thumbDown')} ${helpful ? good : unhelpful(why)}${comment ? html`: “${comment}”` : nothing}`
}
