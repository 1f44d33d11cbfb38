/** Texts as they are served, `json`, in the language they are in. */
export type Spoken = { language: string; json: string }

/** What the loader gives to the panel it has fetched. */
export type PanelHost = {
  /** The open shadow root of the element; the panel adds its own parts and sheets and leaves the launcher's alone. */
  root: ShadowRoot
  /** The `<purser-widget>` element: theme properties, events of the page, attribute `position` (`start` or `end`, where the button stands). */
  element: HTMLElement
  /** Origin of the server the widget came from, without a slash at its end. */
  baseUrl: string
  /** The shop's public key, `pk_…`. */
  publicKey: string
  /** The wished language (BCP 47), or empty: the panel settles which of its texts fits. */
  locale: string
  theme: 'light' | 'dark' | 'auto'
  /** The panel's style sheet, which the loader has fetched together with it. */
  sheet: string
  /** Texts, fetched as well: of the first wished language there is, else English. */
  texts: Spoken
  /** The shop's signed token for who is signed in, as of now; null for guests. */
  identityToken(): string | null
  /** Links and images of the first origin are opened at the second base; for staging shops. */
  siteRewrite: [from: string, to: string] | null
  /** Tells the loader that the panel closed itself; the launcher takes the focus back. */
  closed(): void
  /** Lines that came while the panel was closed; the launcher shows them. */
  unread(count: number): void
  /** Tells the loader whether a hand-over is open: the next page then loads the panel by itself, to hear of the reply. */
  follow?(open: boolean): void
}

/** The panel once it is mounted: closed until `open`. */
export type Panel = {
  open(): void
  close(): void
  /** Opens and sends `text` as the shopper's question. */
  ask(text: string): void
  /** Removes everything it added and ends its connections. */
  dispose(): void
}

/** What `/widget/panel-HASH.js` exports. */
export type PanelModule = { mountPanel(host: PanelHost): Panel }
