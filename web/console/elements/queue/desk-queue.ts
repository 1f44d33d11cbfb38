import { html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { addressOf, SHOWS } from '../../state/address.ts'
import type { Desk, Show } from '../../state/desk.port.ts'
import { controls } from '../../styles/controls.ts'
import { queueStyles } from '../../styles/queue.ts'
import { screenStyles } from '../../styles/screen.ts'
import { texts } from '../../texts/english.ts'
import { followDesk } from '../desk-controller.ts'
import { failedScreen, loadingScreen, screen } from '../screen.ts'
import { queueRow } from './queue-row.ts'

/**
 * The list of hand-overs with its filters. Rows stay where they are while the pointer or the focus is in the list, or it is
 * scrolled. Fires `handoff-chosen` after opening one.
 */
export class DeskQueue extends LitElement {
  static override properties = { desk: { attribute: false } }
  static override styles = [controls, screenStyles, queueStyles]

  declare desk: Desk
  #under = { pointer: false, focus: false, scrolled: false }

  constructor() {
    super()
    followDesk(this, () => this.desk)
  }

  override render() {
    const { queue, place } = this.desk.state
    return html`<nav aria-label=${texts.queue.filters}>
        <ul class="filters">${SHOWS.map((show) => this.#filter(show, place.show))}</ul>
      </nav>
      <section
        class="list"
        aria-labelledby="name"
        @pointerenter=${() => this.#hold({ pointer: true })}
        @pointerleave=${() => this.#hold({ pointer: false })}
        @focusin=${() => this.#hold({ focus: true })}
        @focusout=${() => this.#hold({ focus: false })}
      >
        <h2 id="name" class="unseen">${texts.queue.name}: ${texts.queue.shows[place.show]}</h2>
        ${
          queue.fresh > 0
            ? html`<button class="button small fresh" aria-label=${texts.queue.freshLong(queue.fresh)} @click=${this.#showFresh}>
              ↑ ${texts.queue.fresh(queue.fresh)}
            </button>`
            : nothing
        }
        <div class="scroll" @scroll=${this.#onScroll}>${this.#content()}</div>
      </section>`
  }

  /** Moves the focus by so many rows; where the list is not shown, opens that hand-over instead. False: there is none. */
  move(by: 1 | -1): boolean {
    const links = this.#links()
    const focused = links.findIndex((link) => link.matches(':focus'))
    const from = focused >= 0 ? focused : links.findIndex((link) => link.dataset.id === this.desk.state.place.handoff)
    const next = links[from < 0 ? 0 : Math.min(links.length - 1, Math.max(0, from + by))]
    if (!next) return false
    if (next.checkVisibility()) next.focus()
    else this.#choose(next.dataset.id ?? '')
    return true
  }

  openFocused(): boolean {
    const id = this.#links().find((link) => link.matches(':focus'))?.dataset.id
    if (id) this.#choose(id)
    return id !== undefined
  }

  /** Back to where somebody came from; the list itself if that row is gone. */
  focusRow(id: string | null): void {
    const links = this.#links()
    const target = links.find((link) => link.dataset.id === id) ?? links[0]
    if (target) target.focus()
    else this.renderRoot.querySelector<HTMLElement>('nav a[aria-current]')?.focus()
  }

  #filter(show: Show, shown: Show) {
    const counted = show === 'resolved' ? null : this.desk.state.queue.counts[show]
    const go = (event: MouseEvent) => {
      if (isPlain(event)) {
        event.preventDefault()
        this.desk.go({ show })
      }
    }
    return html`<li><a
      href=${addressOf({ show, handoff: this.desk.state.place.handoff })}
      aria-current=${show === shown ? 'true' : nothing}
      @click=${go}
      >${texts.queue.shows[show]}${counted ? html` <span class="count">${counted.count}${counted.more ? '+' : ''}</span>` : nothing}</a
    ></li>`
  }

  #content() {
    const { queue, place, now } = this.desk.state
    if (queue.phase === 'loading') return loadingScreen(texts.queue.loading, 5)
    if (queue.phase === 'failed') {
      const forbidden = queue.failure?.what === 'forbidden'
      const title = forbidden ? texts.queue.forbiddenTitle : texts.queue.failedTitle
      return failedScreen(title, queue.failure, () => this.desk.refresh())
    }
    if (queue.rows.length === 0) return this.#empty()
    const me = this.desk.state.session.phase === 'in' ? this.desk.state.session.operator : null
    return html`<ul class="rows">
        ${repeat(
          queue.rows,
          ({ handoff }) => handoff.id,
          (row) => queueRow(row, { place, now, me, choose: this.#onRow }),
        )}
      </ul>
      ${
        queue.more
          ? html`<p class="more"><button class="button" ?disabled=${queue.loadingMore} @click=${() => this.desk.loadMore()}>
            ${queue.loadingMore ? texts.queue.loadingMore : texts.queue.more}
          </button></p>`
          : nothing
      }`
  }

  /** Nothing at all, or nothing behind this filter: each with where to look next. */
  #empty() {
    const { place, queue } = this.desk.state
    const [title, text] = texts.queue.empty[place.show]
    const to = (show: Show, words: string) =>
      html`<button class="button" @click=${() => this.desk.go({ show })}>${words}</button>`
    const elsewhere = place.show === 'mine' && queue.counts.waiting.count > 0
    const next =
      place.show === 'open'
        ? to('resolved', texts.queue.seeResolved)
        : elsewhere
          ? to('waiting', texts.queue.seeWaiting)
          : to('open', texts.queue.seeOpen)
    return screen({
      icon: place.show === 'open' || place.show === 'waiting' ? 'check' : 'inbox',
      title,
      text,
      action: next,
    })
  }

  #links(): HTMLAnchorElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLAnchorElement>('.rows a')]
  }

  #onRow = (event: MouseEvent, id: string) => {
    if (!isPlain(event)) return
    event.preventDefault()
    this.#choose(id)
  }

  #choose(id: string): void {
    this.desk.go({ handoff: id })
    this.dispatchEvent(new CustomEvent('handoff-chosen', { bubbles: true, composed: true }))
  }

  #showFresh = async () => {
    this.desk.showFresh()
    await this.updateComplete
    this.renderRoot.querySelector('.scroll')?.scrollTo(0, 0)
    // The button is gone; what it brought is the next thing.
    this.#links()[0]?.focus()
  }

  #onScroll = (event: Event) => this.#hold({ scrolled: (event.currentTarget as HTMLElement).scrollTop > 0 })

  #hold(change: Partial<{ pointer: boolean; focus: boolean; scrolled: boolean }>): void {
    this.#under = { ...this.#under, ...change }
    this.desk.hold(this.#under.pointer || this.#under.focus || this.#under.scrolled)
  }
}

/** Not meant for a new tab or window. */
function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}
