/** The settings a page gives, as attributes: of `<purser-widget>` as they are, of the script tag with `data-` before them. */
export const ATTRIBUTES = [
  'purser-key',
  'locale',
  'identity-token',
  'launcher',
  'position',
  'theme',
  'site-rewrite',
] as const

/** `/purser/widget.js?v=2` of `https://shop.example` → `https://shop.example/purser`: what the widget's addresses begin with. */
export function serverOf(scriptAddress: string): string {
  return scriptAddress.replace(/\/widget\.js([?#].*)?$/, '')
}

/** `https://shop.example=/demo` → both sides; null when it is not two addresses. */
export function readRewrite(text: string | null): [from: string, to: string] | null {
  const at = text?.indexOf('=') ?? -1
  return text && at > 0 ? [text.slice(0, at).trim(), text.slice(at + 1).trim()] : null
}

/** The theme as written, `auto` for anything else. */
export function readTheme(text: string | null): 'light' | 'dark' | 'auto' {
  return text === 'light' || text === 'dark' ? text : 'auto'
}

/** Whom an identity token names (`sub`), unverified: only to notice that somebody else is signed in now. */
export function subjectOf(token: string | null): string | null {
  try {
    const claims = atob((token ?? '').split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '')
    return String((JSON.parse(claims) as { sub: unknown }).sub)
  } catch {
    return token
  }
}

/** Gives `to` what `from` was told, under `prefix`, and `to` was not. */
export function inherit(to: Element, from: Element, prefix = ''): void {
  for (const name of ATTRIBUTES) {
    const value = from.getAttribute(prefix + name)
    if (value !== null && !to.hasAttribute(name)) to.setAttribute(name, value)
  }
}
