/**
 * Prints `page` (a whole HTML document without scripts and styles) from a frame that is gone afterwards. `style` is adopted rather than
 * parsed, so that a page whose policy forbids inline styles prints the same.
 */
export function printPage(page: string, style: string): void {
  const frame = document.createElement('iframe')
  frame.title = ''
  frame.style.setProperty('display', 'block')
  frame.style.setProperty('position', 'fixed')
  frame.style.setProperty('inset', '-10000px auto auto -10000px')
  document.body.append(frame)
  const inside = frame.contentWindow
  if (!inside) {
    frame.remove()
    return
  }
  const parsed = new DOMParser().parseFromString(page, 'text/html')
  inside.document.replaceChild(
    inside.document.importNode(parsed.documentElement, true),
    inside.document.documentElement,
  )
  // A sheet belongs to the window that made it.
  const sheet = new (inside as Window & typeof globalThis).CSSStyleSheet()
  sheet.replaceSync(style)
  inside.document.adoptedStyleSheets = [sheet]
  inside.addEventListener('afterprint', () => frame.remove())
  inside.focus()
  inside.print()
}
