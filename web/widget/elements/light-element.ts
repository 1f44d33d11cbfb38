import { type CSSResult, LitElement } from 'lit'

/**
 * An element that draws into its own children instead of a shadow root: everything inside the panel shares the panel's styles,
 * ids and focus, so labels and descriptions reach across parts. `sheets` are added to the panel's with the first of its kind.
 */
export class LightElement extends LitElement {
  static sheets: CSSResult[] = []

  override connectedCallback(): void {
    super.connectedCallback()
    const root = this.getRootNode()
    if (!(root instanceof ShadowRoot)) return
    const own = (this.constructor as typeof LightElement).sheets.flatMap(({ styleSheet }) => styleSheet ?? [])
    const fresh = own.filter((sheet) => !root.adoptedStyleSheets.includes(sheet))
    // The panel's last sheet holds what overrules all others: forced colours, less motion.
    if (fresh.length)
      root.adoptedStyleSheets = [
        ...root.adoptedStyleSheets.slice(0, -1),
        ...fresh,
        ...root.adoptedStyleSheets.slice(-1),
      ]
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }
}
