import { PurserWidget } from './purser-widget.ts'
import { ATTRIBUTES, inherit, serverOf } from './settings.ts'

const NAME = 'purser-widget'

/** The page may hold the tag twice; whoever comes first defines the element, and every tag brings its settings. */
const script = (document.currentScript ??
  document.querySelector('script[data-purser-key][src*="widget.js"]')) as HTMLScriptElement | null
if (!customElements.get(NAME)) {
  PurserWidget.server = serverOf(script?.src ?? '')
  customElements.define(NAME, PurserWidget)
}
if (script) adopt(script)

/** Gives the tag's settings to the page's widget, making one if the page has none, and goes on doing so when they change. */
function adopt(tag: HTMLScriptElement): void {
  const apply = () => {
    if (document.readyState === 'loading') return document.addEventListener('DOMContentLoaded', apply, { once: true })
    const there = document.querySelector(NAME)
    if (there) return inherit(there, tag, 'data-')
    if (!tag.dataset.purserKey) return
    const made = document.createElement(NAME) as PurserWidget
    made.implied = true
    inherit(made, tag, 'data-')
    document.body.append(made)
  }
  apply()
  new MutationObserver((changes) => {
    for (const { attributeName } of changes) {
      const name = attributeName?.slice('data-'.length) ?? ''
      const there = document.querySelector(NAME)
      const value = tag.getAttribute(`data-${name}`)
      if (!there) apply()
      else if (value === null) there.removeAttribute(name)
      else there.setAttribute(name, value)
    }
  }).observe(tag, { attributeFilter: ATTRIBUTES.map((name) => `data-${name}`) })
}
