import { html, svg, type TemplateResult } from 'lit'

/** Line drawings in the colour of the text beside them; they say nothing that text does not. */
const drawings = {
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>`,
  alarm: svg`<path d="M12 3 2.5 20h19z"/><path d="M12 10v4.5"/><path d="M12 17.4v.1"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4 4-6 7.5-6s6.500 2 7.500 6"/>`,
  assistant: svg`<rect x="4" y="8" width="16" height="11" rx="3"/><path d="M12 8V4.500M9 13v1M15 13v1"/>`,
  inbox: svg`<path d="M3.500 13 6 5h12l2.500 8v6h-17z"/><path d="M3.500 13H9a3 3 0 0 0 6 0h5.500"/>`,
  box: svg`<path d="M12 3 4 7v10l8 4 8-4V7z"/><path d="m4 7 8 4 8-4M12 11v10"/>`,
  quote: svg`<path d="M5 17c2-1 3-3 3-6V7H4v4h3M15 17c2-1 3-3 3-6V7h-4v4h3"/>`,
  keys: svg`<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.1M11 10h.1M15 10h.1M8 14h8"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  broken: svg`<path d="M4 8a12 12 0 0 1 16 0M7.500 12a7 7 0 0 1 9 0M12 17v.1M4 4l16 16"/>`,
  send: svg`<path d="M4 12 20 4l-5 16-3.500-6.500z"/>`,
  thumbUp: svg`<path d="M7 11v9H4v-9zM7 11l4-7c1.500 0 2.500 1 2.200 2.700L12.700 10H18a2 2 0 0 1 2 2.400l-1.200 6A2 2 0 0 1 16.800 20H7"/>`,
  thumbDown: svg`<path d="M7 13V4H4v9zM7 13l4 7c1.500 0 2.500-1 2.200-2.700L12.700 14H18a2 2 0 0 0 2-2.400l-1.200-6A2 2 0 0 0 16.800 4H7"/>`,
}

export type Icon = keyof typeof drawings

export function icon(name: Icon): TemplateResult {
  return html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${drawings[name]}</svg>`
}
