/**
 * Tells `target` how much of the window can be seen, as `--purser-visible-height` and `--purser-visible-top`: an on-screen keyboard
 * or a rotation then never hides the input or the way out. Returns how to end it.
 */
export function followVisibleArea(target: HTMLElement): () => void {
  const area = window.visualViewport
  if (!area) return () => {}
  const tell = () => {
    // Whoever magnifies the page wants the panel larger, not squeezed into what is left of it.
    if (area.scale > 1.01) return
    target.style.setProperty('--purser-visible-height', `${Math.round(area.height)}px`)
    target.style.setProperty('--purser-visible-top', `${Math.round(area.offsetTop)}px`)
  }
  tell()
  area.addEventListener('resize', tell)
  area.addEventListener('scroll', tell)
  return () => {
    area.removeEventListener('resize', tell)
    area.removeEventListener('scroll', tell)
  }
}
