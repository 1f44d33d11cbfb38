import type { LightElement } from '../light-element.ts'

/** What lies over the conversation: the menu, or a sheet that takes the focus until it is dismissed. */
export type Layer = 'menu' | 'person' | 'erase'

type Owner = Pick<LightElement, 'requestUpdate' | 'updateComplete' | 'renderRoot' | 'shadowRoot'>

/** One layer at a time. Opening one puts the focus into it; closing it gives the focus back to what opened the first. */
export function layers(owner: Owner) {
  let current: Layer | null = null
  let opener: HTMLElement | null = null
  const find = (selector: string) => owner.renderRoot.querySelector<HTMLElement>(selector)

  async function change(to: Layer | null): Promise<void> {
    if (to === current) return
    current = to
    owner.requestUpdate()
    await owner.updateComplete
    if (current !== to) return
    if (to) return find(to === 'menu' ? '[role=menuitem]' : '.sheet')?.focus()
    const back = opener?.isConnected ? opener : find('.panel')
    opener = null
    back?.focus()
  }

  return {
    get current() {
      return current
    },
    get sheet() {
      return current === 'person' || current === 'erase' ? current : null
    },
    /** Shows `layer`; what is already shown closes. */
    toggle(layer: Layer): void {
      const active = owner.shadowRoot?.activeElement
      if (!opener && active instanceof HTMLElement && !active.closest('.menu')) opener = active
      opener ??= find('[data-layer=menu]')
      void change(current === layer ? null : layer)
    },
    close: () => void change(null),
  }
}
