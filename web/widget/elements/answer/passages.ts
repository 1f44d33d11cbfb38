import { html, nothing, type TemplateResult } from 'lit'
import type { Citation } from '../../../api-client/shapes.ts'
import { icon } from '../conversation/icons.ts'
import { ago } from '../conversation/time-tag.ts'
import type { View } from '../view.ts'

/** Which passage is open, and how to open another. */
export type Opening = { open: number | null; toggle(index: number): void; id: string }

/** The number behind a sentence. It is drawn by the style sheet, so that the text stays the text. */
export function citationMark(citation: Citation, index: number, opening: Opening, { say }: View): TemplateResult {
  return html`<button type="button" class="mark" part="citation" data-number=${index + 1} data-state=${citation.state}
    aria-expanded=${opening.open === index} aria-controls=${`${opening.id}-passage`}
    aria-label=${say('source_open', { number: index + 1, title: citation.title })}
    @click=${() => opening.toggle(index)}></button>`
}

/** All sources of an answer, and the quoted passage of the one that is open. */
export function passages(citations: Citation[], heading: string, opening: Opening, view: View): TemplateResult {
  const open = opening.open === null ? undefined : citations[opening.open]
  return html`<section class="sources" aria-label=${heading}>
    <h3>${heading}</h3>
    <ul>
      ${citations.map(
        (citation, index) => html`<li>
          <button type="button" class="source" part="source" data-state=${citation.state} data-index=${index}
            aria-expanded=${opening.open === index} aria-controls=${`${opening.id}-passage`} @click=${() => opening.toggle(index)}>
            <span class="number">${index + 1}</span><span class="title">${citation.title}</span>
            ${citation.state === 'current' ? nothing : html`<span class="flag" title=${stateText(citation, view)}>${icon('alert')}<span class="unseen">${stateText(citation, view)}</span></span>`}
          </button>
        </li>`,
      )}
    </ul>
    <div id=${`${opening.id}-passage`}>${open ? passage(open, view) : nothing}</div>
  </section>`
}

function passage(citation: Citation, view: View): TemplateResult {
  const { say, link } = view
  const href = link(citation.url)
  const title = html`<cite>${citation.title}</cite>`
  return html`<figure class="passage" part="passage">
    <figcaption><span class="unseen">${say('quoted_from')} </span>${title}</figcaption>
    <blockquote lang=${citation.language ?? nothing} dir="auto">${citation.quote}</blockquote>
    ${citation.state === 'current' ? nothing : html`<p class="stale">${icon('alert')} ${stateText(citation, view)}</p>`}
    <p class="origin">
      <span>${updated(citation, view)}</span>
      ${href && citation.state !== 'gone' ? html`<a href=${href} target="_blank" rel="noopener noreferrer" title=${say('new_tab')}>${say('open_page')}${icon('out')}</a>` : nothing}
    </p>
  </figure>`
}

function updated({ updatedAt }: Citation, view: View) {
  const [before, after] = view.say('updated', { when: '\u0000' }).split('\u0000')
  return html`${before}${ago(updatedAt, view)}${after}`
}

function stateText({ state }: Citation, { say }: View): string {
  return state === 'gone' ? say('source_gone') : say('source_changed')
}
