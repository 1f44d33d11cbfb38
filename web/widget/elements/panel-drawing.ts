import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { Layer } from './behaviour/layers.ts'
import { banner } from './conversation/banner.ts'
import { header, strip } from './conversation/header.ts'
import { icon } from './conversation/icons.ts'
import { entryLine } from './conversation/lines.ts'
import { consent, starters, unavailable, welcome } from './conversation/welcome.ts'
import type { View } from './view.ts'

/** What the panel shows besides the conversation. `away`: the newest line is out of sight. */
export type Around = { layer: Layer | null; toast: string; away: boolean; toNewest(): void }

/** Everything that lies behind a sheet: header, conversation, what is wrong, where the shopper writes. */
export function conversationPart(view: View, { layer, toast, away, toNewest }: Around): TemplateResult {
  const { say, state } = view
  const ready = state.phase === 'ready'
  return html`${header(view, layer === 'menu')}
    ${layer === 'menu' ? html`<purser-menu .view=${view}></purser-menu>` : nothing}
    ${ready ? strip(view) : nothing}
    <div class="log" part="log" role="log" aria-live="off" aria-label=${say('conversation')} tabindex="0">${lines(view)}</div>
    <div class="foot">
      ${away ? html`<button type="button" class="newest" aria-label=${say('to_newest')} title=${say('to_newest')} @click=${toNewest}>${icon('down')}</button>` : nothing}
      ${toast ? html`<p class="toast" part="toast">${icon('check')} ${toast}</p>` : nothing}
      ${banner(view)}
      ${ready ? html`<purser-composer .view=${view} .paused=${state.failure?.what === 'rate_limited'}></purser-composer>` : nothing}
    </div>`
}

/** A sheet over the conversation. */
export function sheetPart(sheet: 'person' | 'erase', view: View): TemplateResult {
  return html`<div class="over" data-dismiss>
    <section class="sheet" part="sheet" role="dialog" aria-modal="true" aria-labelledby="purser-layer" tabindex="-1">
      ${
        sheet === 'person'
          ? html`<purser-person-sheet .view=${view}></purser-person-sheet>`
          : html`<purser-erase-sheet .view=${view}></purser-erase-sheet>`
      }
    </section>
  </div>`
}

function lines(view: View) {
  const { phase, entries, proof, begunAnew } = view.state
  if (phase === 'loading')
    return html`<div class="skeleton" role="img" aria-label=${view.say('loading')}><i></i><i></i><i></i></div>`
  if (phase === 'consent') return html`${welcome(view)}${consent(view)}`
  if (phase === 'unavailable') return unavailable(view)
  const latest = entries.findLast(({ kind }) => kind === 'assistant' || kind === 'shopper')
  return html`
    ${begunAnew ? html`<p class="event begun">${view.say(`begun_${begunAnew}`)}</p>` : nothing}
    ${welcome(view)}
    ${entries.length ? nothing : starters(view)}
    <div class="entries">${entries.map((entry) => entryLine(entry, entry === latest, view))}</div>
    ${proof.step === 'none' ? nothing : html`<purser-proof .view=${view}></purser-proof>`}
  `
}
