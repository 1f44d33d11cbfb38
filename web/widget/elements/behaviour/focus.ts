const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]'

/** What Tab reaches inside `container`, in order. */
export function focusable(container: Element): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => !element.closest('[inert]') && element.checkVisibility({ visibilityProperty: true }),
  )
}

/** Keeps Tab inside `container`: from its last element to its first and back. */
export function containTab(event: KeyboardEvent, container: Element, active: Element | null): void {
  if (event.key !== 'Tab') return
  const all = focusable(container)
  const first = all[0]
  const last = all.at(-1)
  if (!first || !last) return
  const outside = !active || !container.contains(active)
  if (event.shiftKey ? outside || active === first || active === container : outside || active === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }
}
