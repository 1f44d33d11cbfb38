import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Citation } from '../../../api-client/shapes.ts'
import { icon } from '../conversation/icons.ts'
import { laterIcon } from '../conversation/later-icons.ts'
import { type Changed, LightElement } from '../light-element.ts'
import type { View } from '../view.ts'
import { ago } from './ago.ts'

/** All sources of an answer, and the quoted passage of the one that is open. A pressed one is told as `purser-source`. */
export class SourcesElement extends LightElement {
  static override properties = ['citations', 'open', 'view', 'passage']
  declare citations: Citation[]
  /** Index of the citation whose passage is open. */
  declare open: number | null
  /** Id of the element that holds the passage; the numbers in the text point to it. */
  declare passage: string
  declare view: View

  protected override updated(changed: Changed<this>): void {
    if (changed.has('open') && this.open !== null) this.querySelector('.passage')?.scrollIntoView({ block: 'nearest' })
  }

  protected override render() {
    const { citations, open, view } = this
    const shown = open === null ? undefined : citations[open]
    return html`<section class="sources" aria-label=${view.say('sources')}>
      <h3>${view.say('sources')}</h3>
      <ul>${citations.map((citation, index) => this.source(citation, index))}</ul>
      <div id=${this.passage}>${shown ? passage(shown, view) : nothing}</div>
    </section>`
  }

  private source(citation: Citation, index: number): TemplateResult {
    const press = () => this.dispatchEvent(new CustomEvent<number>('purser-source', { bubbles: true, detail: index }))
    const state = stateText(citation, this.view)
    return html`<li>
      <button type="button" class="source" part="source" data-state=${citation.state} data-index=${index}
        aria-expanded=${this.open === index} aria-controls=${this.passage} @click=${press}>
        <span class="number">${index + 1}</span><span class="title">${citation.title}</span>
        ${state ? html`<span class="flag" title=${state}>${icon('alert')}<span class="unseen">${state}</span></span>` : nothing}
      </button>
    </li>`
  }
}

function passage(citation: Citation, view: View): TemplateResult {
  const { say, link } = view
  const href = link(citation.url)
  const title = html`<cite>${citation.title}</cite>`
  return html`<figure class="passage" part="passage">
    <figcaption><span class="unseen">${say('quoted_from')} </span>${title}</figcaption>
    <blockquote lang=${citation.language ?? nothing} dir="auto">${citation.quote}</blockquote>
    ${citation.field ? html`<dl class="fact"><dt>${citation.field.name}</dt><dd>${citation.field.value}</dd></dl>` : nothing}
    ${citation.state === 'current' ? nothing : html`<p class="stale">${icon('alert')} ${stateText(citation, view)}</p>`}
    <p class="origin">
      <span>${updated(citation, view)}</span>
      ${href && citation.state !== 'gone' ? html`<a href=${href} target="_blank" rel="noopener noreferrer" title=${say('new_tab')}>${say('open_page')}${laterIcon('out')}</a>` : nothing}
    </p>
  </figure>`
}

function updated({ updatedAt }: Citation, view: View) {
  const [before, after] = view.say('updated', { when: '\u0000' }).split('\u0000')
  return html`${before}${ago(updatedAt, view)}${after}`
}

function stateText({ state }: Citation, { say }: View): string {
  return { current: '', changed: say('source_changed'), gone: say('source_gone') }[state]
}
