import type { Panel, PanelHost } from '../widget/panel.port.ts'
import { fetchPanel } from './fetch-panel.ts'
import { hides } from './hides.ts'
import { type Launcher, launcher } from './launcher.ts'
import { memory } from './memory.ts'
import { ATTRIBUTES, inherit, readRewrite, readTheme, subjectOf } from './settings.ts'
import { whenIdle } from './when-idle.ts'

/** After a change of these the panel begins anew. */
const BEGIN_ANEW = ['purser-key', 'locale', 'theme', 'site-rewrite']
/** On phones the open panel fills the window, so the next page begins with its own content. */
const SMALL = '(max-width:30rem),(max-height:26rem)'
const tab = memory(() => sessionStorage)
const browser = memory(() => localStorage)

/** The widgets in this page in the order they came; only the first shows a button. */
const present: PurserWidget[] = []

/**
 * `<purser-widget purser-key="pk_…">`: the button, and behind it the panel, fetched at the first opening. Attributes are listed in
 * `settings.ts`; `open()`, `close()`, `ask(text)` and `identityToken` are for the page; it tells `purser-open` and `purser-close`.
 */
export class PurserWidget extends HTMLElement {
  static observedAttributes: readonly string[] = ATTRIBUTES
  /** Where the script came from; set once it runs. */
  static server = ''
  /** Made by the script tag: gives way to an element the page wrote itself. */
  implied = false
  #root = this.attachShadow({ mode: 'open' })
  #launcher: Launcher = launcher(this.#root, () => (this.#wanted ? this.close() : this.open()))
  #panel: Panel | null = null
  #mounting: Promise<void> | null = null
  /** Aborted by what makes a panel that is still on its way the wrong one. */
  #gone = new AbortController()
  #wanted = false
  #failed = false
  #unread = 0
  #token: string | null | undefined
  #opener: Element | null = null
  #following: boolean | null = null

  connectedCallback(): void {
    // A page may have set the property before the script came; the accessor has to get it.
    if (Object.hasOwn(this, 'identityToken')) {
      const given = this.identityToken
      delete (this as { identityToken?: unknown }).identityToken
      this.identityToken = given
    }
    if (!present.includes(this)) present.push(this)
    const implied = present.find((each) => each.implied)
    if (implied && present.some((each) => !each.implied)) {
      const [written] = present.filter((each) => !each.implied)
      present.splice(present.indexOf(implied), 1)
      if (written) inherit(written, implied)
      implied.remove()
    }
    document.addEventListener('focusin', this.#seeFocus)
    addEventListener('pagehide', this.#leave)
    for (const each of present) each.#begin()
  }

  disconnectedCallback(): void {
    document.removeEventListener('focusin', this.#seeFocus)
    removeEventListener('pagehide', this.#leave)
    // Moving an element disconnects it for a moment, and a page that replaces its whole body means no harm to the button.
    queueMicrotask(() => {
      if (this.isConnected) return
      if (this.implied && present.includes(this)) return document.body?.append(this)
      this.#leave()
      this.#drop()
      if (present.includes(this)) present.splice(present.indexOf(this), 1)
      for (const each of present) each.#begin()
    })
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return
    if (BEGIN_ANEW.includes(name) || (name === 'identity-token' && subjectOf(before) !== subjectOf(now)))
      this.#restart()
    this.#draw()
  }

  /** The shop's signed token for who is signed in; null for guests. */
  get identityToken(): string | null {
    return this.#token === undefined ? this.getAttribute('identity-token') : this.#token
  }

  set identityToken(token: string | null | undefined) {
    const before = this.identityToken
    this.#token = token || null
    if (subjectOf(before) !== subjectOf(this.#token)) this.#restart()
  }

  /** Opens the panel, fetching it the first time. */
  open(): void {
    if (!this.#active || this.#wanted) return
    this.#opener = document.activeElement
    this.#wanted = true
    void this.#mount().then(() => {
      if (!this.#wanted || !this.#panel) return
      this.#panel.open()
      this.#tell('purser-open')
    })
  }

  close(): void {
    if (!this.#wanted) return
    this.#panel?.close()
    this.#closed()
  }

  /** Opens the panel and asks `text` for the shopper. */
  ask(text: string): void {
    if (!this.#active) return
    this.open()
    void this.#mount().then(() => this.#panel?.ask(text))
  }

  get #active(): boolean {
    return present[0] === this && Boolean(this.getAttribute('purser-key'))
  }

  #begin(): void {
    this.#draw()
    if (!this.#active || this.#mounting) return
    if (this.#wasOpen()) this.open()
    // A person may have answered meanwhile: the panel has to look, without holding up the page.
    else if (browser.read(this.#kept('follow'))) whenIdle(() => void this.#mount())
  }

  #mount(): Promise<void> {
    this.#mounting ??= this.#load().finally(() => this.#draw())
    this.#draw()
    return this.#mounting
  }

  async #load(): Promise<void> {
    const { signal } = this.#gone
    this.#failed = false
    try {
      const { mountPanel, ...parts } = await fetchPanel(PurserWidget.server, this.#locales, signal)
      if (signal.aborted) return
      this.#panel = mountPanel(this.#host(parts))
    } catch (error) {
      if (signal.aborted) return
      console.warn('purser: the chat could not be loaded', error)
      this.#mounting = null
      this.#failed = this.#wanted
      this.#wanted = false
    }
  }

  #host(parts: Pick<PanelHost, 'sheet' | 'texts'>): PanelHost {
    return {
      ...parts,
      root: this.#root,
      element: this,
      baseUrl: PurserWidget.server,
      publicKey: this.getAttribute('purser-key') ?? '',
      locale: this.#locales[0] ?? '',
      theme: readTheme(this.getAttribute('theme')),
      siteRewrite: readRewrite(this.getAttribute('site-rewrite')),
      identityToken: () => this.identityToken,
      closed: () => this.#closed(),
      unread: (count) => {
        this.#unread = count
        this.#draw()
      },
      follow: (open) => {
        if (open !== this.#following) browser.write(this.#kept('follow'), open ? '1' : null)
        this.#following = open
      },
    }
  }

  #closed(): void {
    if (!this.#wanted) return
    this.#wanted = false
    this.#draw()
    // The launcher may be hidden, and then whatever opened the chat gets the focus back.
    const active = document.activeElement
    if (!active || active === document.body || active === this) {
      if (this.#launcher.place()) this.#launcher.focus()
      else (this.#opener as HTMLElement | null)?.focus?.()
    }
    this.#tell('purser-close')
  }

  #restart(): void {
    if (!this.#mounting) return void this.#begin()
    const reopen = this.#wanted
    this.#drop()
    if (reopen) this.open()
  }

  #drop(): void {
    this.#gone.abort()
    this.#gone = new AbortController()
    this.#panel?.dispose()
    this.#panel = null
    this.#mounting = null
    this.#wanted = false
    this.#failed = false
  }

  #draw(): void {
    this.#launcher.show({
      locales: this.#locales,
      position: this.getAttribute('position'),
      hidden: !this.#active || this.getAttribute('launcher') === 'none',
      open: this.#wanted,
      loading: this.#wanted && !this.#panel,
      failed: this.#failed,
      unread: this.#unread,
    })
  }

  get #locales(): string[] {
    const wished = [this.getAttribute('locale'), document.documentElement.lang, ...navigator.languages]
    return wished.flatMap((locale) => locale || [])
  }

  #seeFocus = ({ target }: FocusEvent): void => {
    const place = this.#launcher.place()
    if (place && target instanceof Element)
      this.#launcher.stepAside(
        target !== this && hides(place, target.getBoundingClientRect(), innerWidth * innerHeight),
      )
  }

  #wasOpen(): boolean {
    return !matchMedia(SMALL).matches && tab.read(this.#kept('open')) !== null
  }

  /** Only where a conversation has begun: before consent nothing is kept, and there is nothing to come back to. */
  #leave = (): void => {
    if (this.#active) tab.write(this.#kept('open'), this.#wanted && browser.read(this.#kept('session')) ? '1' : null)
  }

  /** Beside what the panel keeps for the same shop, and erased with it. */
  #kept(name: string): string {
    return `purser:${this.getAttribute('purser-key')}:${name}`
  }

  #tell(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }))
  }
}
