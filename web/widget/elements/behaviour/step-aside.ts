/**
 * Keeps `panel` from hiding what has the focus in the page beneath it: while that lies wholly under the panel, the panel is
 * `aside`, which lets it be seen and reached. Until `signal` is aborted. Source: WCAG 2.2, success criterion 2.4.11.
 */
export function stepAside(panel: HTMLElement, host: Element, signal: AbortSignal): void {
  const look = ({ target }: Event) => {
    const outside = target instanceof Element && target !== host && !target.contains(panel)
    panel.toggleAttribute('aside', outside && covers(panel.getBoundingClientRect(), target.getBoundingClientRect()))
  }
  document.addEventListener('focusin', look, { signal })
}

function covers(panel: DOMRect, focused: DOMRect): boolean {
  return (
    focused.left >= panel.left &&
    focused.right <= panel.right &&
    focused.top >= panel.top &&
    focused.bottom <= panel.bottom
  )
}
