import { html, nothing } from 'lit/html.js'
import type { BrowserClock } from '../../browser-clock.ts'
import type { Chat } from '../chat.port.ts'
import type { PanelHost } from '../panel.port.ts'
import { containTab } from './behaviour/focus.ts'
import { hearing } from './behaviour/hearing.ts'
import { type Layer, layers } from './behaviour/layers.ts'
import { readableColours } from './behaviour/readable-colours.ts'
import { readingPlace } from './behaviour/reading-place.ts'
import { ticking } from './behaviour/ticking.ts'
import { followVisibleArea } from './behaviour/visible-area.ts'
import { webLink } from './behaviour/web-link.ts'
import type { ComposerElement } from './composer-element.ts'
import { direction, type Say } from './language/wording.ts'
import { adopt, type LaterParts, later, needsLater } from './later.ts'
import { type Changed, LightElement } from './light-element.ts'
import { conversationPart, sheetPart } from './panel-drawing.ts'
import type { MenuChoice } from './sheets/menu-element.ts'
import type { PanelGiven, View } from './view.ts'

/** The panel then covers the page and keeps the focus, and the loader hides its button. Source: W39. */
const SMALL = '(max-width: 480px), (max-height: 26rem)'

/** The open panel: the conversation of `chat`, what lies over it, and where the focus is. Tells `purser-panel-close` when it is to close. */
export class PanelElement extends LightElement {
  static override properties = ['shown', 'theme', 'say', 'locale', 'now', 'small', 'live', 'toast', 'away']
  declare shown: boolean
  declare theme: string
  declare say: Say
  declare locale: string
  declare now: Date
  declare small: boolean
  declare live: string
  declare toast: string
  declare away: boolean

  private readonly chat: Chat
  private readonly clock: BrowserClock
  private readonly rewrite: PanelHost['siteRewrite']
  private readonly hear = hearing()
  private readonly over = layers(this)
  private readonly media = window.matchMedia(SMALL)
  private readonly dark = window.matchMedia('(prefers-color-scheme: dark)')
  private gone = new AbortController()
  private place: ReturnType<typeof readingPlace> | null = null
  private written: string | null
  private readonly later: () => Promise<LaterParts>
  private warned = false

  constructor({ chat, clock, rewrite, sheet, laterSheet }: PanelGiven) {
    super()
    const root = this.renderRoot as ShadowRoot
    adopt(root, sheet)
    this.later = later(laterSheet, root, () => this.grown())
    this.chat = chat
    this.clock = clock
    this.rewrite = rewrite
    this.written = this.lastWritten()
    this.shown = false
    this.now = clock.now()
    this.small = this.media.matches
    this.live = ''
    this.toast = ''
    this.away = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.gone = new AbortController()
    const { signal } = this.gone
    const leave = this.chat.subscribe(() => this.changed())
    const blind = followVisibleArea(this)
    signal.addEventListener('abort', () => {
      leave()
      blind()
      this.place?.dispose()
      this.place = null
    })
    this.media.addEventListener('change', () => (this.small = this.media.matches), { signal })
    this.dark.addEventListener('change', () => this.checkColours(), { signal })
    const tick = (now: Date) => {
      if (this.shown) this.now = now
    }
    ticking(this.clock, () => this.chat.state, tick, signal)
  }

  disconnectedCallback(): void {
    this.gone.abort()
  }

  /** Puts the focus where the shopper goes on: the field, or on a phone the panel, so that no keyboard jumps up. */
  async enter(): Promise<void> {
    await this.updateComplete
    this.checkColours()
    this.place?.follow(false)
    // After a reload it opens by itself, and the page keeps the focus until somebody does something.
    if (!this.over.current && navigator.userActivation?.hasBeenActive !== false) this.focusOn()
    if ('requestIdleCallback' in window) requestIdleCallback(this.fetchLater, { timeout: 5_000 })
  }

  protected override drawnInto(): ShadowRoot {
    return this.attachShadow({ mode: 'open' })
  }

  protected override willUpdate(): void {
    this.toggleAttribute('shown', this.shown)
    this.setAttribute('theme', this.theme)
  }

  protected override updated(changed: Changed<this>): void {
    const log = this.find('.log')
    if (log) this.place ??= readingPlace(log, (away) => (this.away = away))
    if (changed.has('theme')) this.checkColours()
    if (needsLater(this.chat.state)) this.fetchLater()
  }

  protected override render() {
    const view = this.view()
    const { sheet, current } = this.over
    return html`<section class="panel" part="panel" role="dialog" tabindex="-1" aria-modal=${this.small ? 'true' : nothing}
      aria-label=${this.say('panel_name', { shop: view.shop })} lang=${this.locale} dir=${direction(this.locale)}
      @keydown=${this.onKey} @click=${this.onClick} @purser-done=${() => this.over.close()}
      @purser-choice=${this.choose}
      @purser-grown=${() => this.place?.follow(false)} @dragover=${this.onDrop} @drop=${this.onDrop}>
      <div class="behind" ?inert=${sheet !== null}>
        ${conversationPart(view, {
          layer: current,
          toast: this.toast,
          away: this.away,
          toNewest: () => this.place?.toEnd(),
        })}
      </div>
      ${sheet ? sheetPart(sheet, view) : nothing}
      <p class="unseen" role="status" aria-live="polite">${this.live}</p>
    </section>`
  }

  private view(): View {
    const { state } = this.chat
    return {
      state,
      chat: this.chat,
      say: this.say,
      locale: this.locale,
      now: this.now,
      shop: state.config?.shop.name ?? this.say('person'),
      assistant: state.config?.assistant.name || this.say('assistant'),
      link: (url) => webLink(url, this.rewrite, document.baseURI),
    }
  }

  private async changed(): Promise<void> {
    const active = this.shadowRoot?.activeElement
    this.now = this.clock.now()
    this.requestUpdate()
    const heard = this.hear(this.view())
    if (heard.length) this.live = heard.join(' ')
    const { written } = this
    this.written = this.lastWritten()
    await this.updateComplete
    // The parts draw themselves one turn later.
    const parts = this.renderRoot.querySelectorAll<LightElement>('purser-answer, purser-proof')
    await Promise.all([...parts].map((part) => part.updateComplete))
    this.place?.follow(written !== null && written !== this.written)
    // What was pressed is gone with what it did; the focus goes on with the conversation, never to the page.
    if (active && !active.isConnected && !this.over.current && !this.shadowRoot?.activeElement) this.focusOn()
  }

  private async choose({ detail: choice }: CustomEvent<MenuChoice>): Promise<void> {
    if (choice === 'delete_data') return this.show('erase')
    this.over.close()
    const { doMenuChoice } = await this.later()
    const said = await doMenuChoice(choice, this.view(), this.gone.signal)
    if (!said) return
    this.toast = said
    this.live = said
    await this.clock.sleep(4_000, this.gone.signal).catch(() => {})
    if (this.toast === said) this.toast = ''
  }

  private show(layer: Layer): void {
    this.fetchLater()
    this.over.toggle(layer)
  }

  private onClick(event: Event): void {
    const path = event.composedPath().filter((part) => part instanceof HTMLElement)
    const target = path.find((part) => part.matches('[data-layer], [data-close], [data-dismiss], .sheet, .menu'))
    const layer = target?.dataset.layer as Layer | undefined
    if (layer) this.show(layer)
    else if (target?.hasAttribute('data-dismiss')) this.over.close()
    else if (target?.hasAttribute('data-close')) this.leave()
    else if (this.over.current === 'menu' && !target?.matches('.menu')) this.over.close()
  }

  private onKey(event: KeyboardEvent): void {
    const active = this.shadowRoot?.activeElement ?? null
    const sheet = this.find('.sheet')
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation()
      if (this.over.current) this.over.close()
      else this.leave()
    } else if (event.key === 'Tab' && this.over.current === 'menu') this.over.close()
    else if (sheet) containTab(event, sheet, active)
    else if (this.small) containTab(event, this.find('.panel') ?? this, active)
  }

  private onDrop(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    if (event.type === 'drop') this.find<ComposerElement>('purser-composer')?.refuseFiles()
  }

  /** Key of the shopper's last line; null before there is a conversation. */
  private lastWritten(): string | null {
    const { phase, entries } = this.chat.state
    return phase === 'ready' ? (entries.findLast(({ kind }) => kind === 'shopper')?.key ?? '') : null
  }

  private focusOn(): void {
    const composer = this.find<ComposerElement>('purser-composer')
    if (composer && !this.small) composer.write()
    else this.find('.panel')?.focus()
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent('purser-panel-close'))
  }

  private checkColours(): void {
    const wrong = this.shown ? readableColours(this) : []
    if (!wrong.length || this.warned) return
    this.warned = true
    console.warn(`purser: ${wrong.join(', ')} cannot be read on its ground (contrast under 4.5); corrected`)
  }

  /** Draws what was drawn without the parts that have come, and goes on reading where it is read. */
  private async grown(): Promise<void> {
    this.requestUpdate()
    await this.updateComplete
    this.place?.follow(false)
  }

  /** What cannot be had now is tried again with the next need. */
  private readonly fetchLater = () => void this.later().catch(() => {})

  private find<Found extends HTMLElement = HTMLElement>(selector: string): Found | null {
    return this.renderRoot.querySelector<Found>(selector)
  }
}
