import { html } from 'lit/html.js'
import type { Answer } from '../../../api-client/shapes.ts'
import { icon } from '../conversation/icons.ts'
import { laterIcon } from '../conversation/later-icons.ts'
import { LightElement } from '../light-element.ts'
import type { View } from '../view.ts'

/** Pages near to a question that was not answered; those without an address are only named. */
export class RelatedElement extends LightElement {
  static override properties = ['related', 'view']
  declare related: Answer['related']
  declare view: View

  protected override render() {
    const { say, link } = this.view
    return html`<section class="related" part="related" aria-label=${say('related')}>
      <h3>${say('related')}</h3>
      <ul>
        ${this.related.map(({ title, url }) => {
          const href = link(url)
          const name = html`${icon('page')}<span class="title">${title}</span>`
          return html`<li>${
            href
              ? html`<a class="source" href=${href} target="_blank" rel="noopener noreferrer" title=${say('new_tab')}>${name}${laterIcon('out')}</a>`
              : html`<span class="source">${name}</span>`
          }</li>`
        })}
      </ul>
    </section>`
  }
}
