import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Citation } from '../../api-client/shapes.ts'
import type { Entry } from '../chat.port.ts'
import { placedCitations } from './answer/placed-citations.ts'
import { byline } from './conversation/byline.ts'
import { icon } from './conversation/icons.ts'
import { type Mark, plainText } from './conversation/plain-text.ts'
import type { TextKey } from './language/wording.ts'
import { type Changed, LightElement } from './light-element.ts'
import type { View } from './view.ts'

type AssistantEntry = Extract<Entry, { kind: 'assistant' }>

/** An answer, from the first stage of work to its sources, cards and feedback. `latest` alone offers what to do next. */
export class AnswerElement extends LightElement {
  static override properties = ['entry', 'latest', 'view', 'open']
  declare entry: AssistantEntry
  declare latest: boolean
  declare view: View
  /** Index of the citation whose passage is open. */
  declare open: number | null

  constructor() {
    super()
    this.open = null
    this.addEventListener('keydown', this.onKey)
  }

  protected override willUpdate(changed: Changed<this>): void {
    // The element may be given another line when one before it goes.
    if (changed.get('entry') && changed.get('entry')?.key !== this.entry.key) this.open = null
  }

  protected override render() {
    const { entry, view } = this
    const { say } = view
    return html`<article aria-busy=${entry.state === 'working' || entry.state === 'streaming'} data-state=${entry.state}>
      ${byline('assistant', view.assistant, entry.at, view)}
      ${entry.text ? html`<div class="text" part="message message-assistant" lang=${entry.answer?.language ?? nothing} dir="auto">${this.text()}</div>` : nothing}
      ${entry.state === 'working' || (entry.state === 'streaming' && !entry.text) ? this.stages() : nothing}
      ${entry.state === 'stopped' ? html`<p class="note">${icon('stop')} ${say('stopped')}</p>` : nothing}
      ${entry.answer ? this.rest(entry.answer) : nothing}
    </article>`
  }

  private text() {
    const citations = this.entry.answer?.citations ?? []
    const places = placedCitations(this.entry.text, citations)
    const marks = citations
      .map((citation, index): Mark | null => {
        const end = places[index]
        return end == null ? null : { end, drawn: this.mark(citation, index) }
      })
      .filter((mark) => mark !== null)
      .sort((one, other) => one.end - other.end)
    return plainText(this.entry.text, this.view.link, marks)
  }

  /** What is being done, in words; what was done before stays above it. */
  private stages(): TemplateResult {
    const stages = this.entry.stages.length ? this.entry.stages : (['understanding'] as const)
    return html`<ol class="stages" part="progress">
      ${stages.map((stage, index) => {
        const now = index === stages.length - 1
        return html`<li data-now=${now} data-stage=${stage}>${now ? html`<span class="pulse" aria-hidden="true"></span>` : icon('check')} ${this.view.say(`stage_${stage}` as TextKey)}</li>`
      })}
    </ol>`
  }

  private rest(answer: NonNullable<AssistantEntry['answer']>): TemplateResult {
    const { entry, view, latest } = this
    const { say, chat, state } = view
    const ask = latest && !state.busy
    return html`
      ${answer.orders.length || answer.products.length ? html`<purser-cards .answer=${answer} .view=${view}></purser-cards>` : nothing}
      ${
        answer.citations.length
          ? html`<purser-sources .citations=${answer.citations} .open=${this.open} .passage=${this.passage} .view=${view}
        @purser-source=${({ detail }: CustomEvent<number>) => this.toggle(detail)}></purser-sources>`
          : nothing
      }
      ${answer.related?.length ? html`<purser-related .related=${answer.related} .view=${view}></purser-related>` : nothing}
      ${
        ask && answer.options.length
          ? html`<div class="options" role="group" aria-label=${say('options')}>
              ${answer.options.map(({ label, value }) => html`<button type="button" class="choice" part="option" dir="auto" @click=${() => chat.send(value)}>${label}</button>`)}
            </div>`
          : nothing
      }
      ${
        ask && answer.needs === 'order_proof' && state.proof.step === 'none'
          ? html`<button type="button" class="primary wide" @click=${() => chat.askForProof()}>${say('prove')}</button>`
          : nothing
      }
      ${
        ask && answer.outcome === 'declined' && !state.handoff
          ? html`<button type="button" class="secondary" data-layer="person">${icon('headset')} ${say('talk')}</button>`
          : nothing
      }
      ${answer.outcome === 'clarify' || !entry.text ? nothing : html`<purser-feedback .entry=${entry} .view=${view}></purser-feedback>`}
    `
  }

  /** The number behind a sentence. It is drawn by the style sheet, so that the text stays the text. */
  private mark(citation: Citation, index: number): TemplateResult {
    return html`<button type="button" class="mark" part="citation" data-number=${index + 1} data-state=${citation.state}
      aria-expanded=${this.open === index} aria-controls=${this.passage}
      aria-label=${this.view.say('source_open', { number: index + 1, title: citation.title })}
      @click=${() => this.toggle(index)}></button>`
  }

  private get passage(): string {
    return `purser-passage-${this.entry.key}`
  }

  private toggle(index: number): void {
    this.open = this.open === index ? null : index
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.open === null) return
    event.stopPropagation()
    const opener = this.querySelector<HTMLElement>(`.source[data-index="${this.open}"]`)
    this.open = null
    opener?.focus()
  }
}
