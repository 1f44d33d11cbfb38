import { html, type TemplateResult } from 'lit/html.js'

/** A circle of seven around the middle. */
export const CIRCLE = 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14'

/** Outlines on a grid of 20, drawn for the widget: those that are seen before anything else is fetched. */
const OUTLINES = {
  mark: 'M10 3a7 7 0 1 1-3.6 13L3.2 16.8 4 13.6A7 7 0 0 1 10 3M10 12.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8',
  send: 'M10 16V4.5M4.8 9.5 10 4.3l5.2 5.2',
  stop: 'M6.5 6.5h7v7h-7z',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  person: 'M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10M3.8 16.5c.6-2.9 3-4.3 6.2-4.3s5.6 1.4 6.2 4.3',
  headset:
    'M4 12V9.8a6 6 0 0 1 12 0V12M4 11h1.2a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM16 11h-1.2a1 1 0 0 0-1 1v2a1 1 0 0 0 1 1h.2a1 1 0 0 0 1-1zM16 14c0 1.9-1.6 2.6-4 2.6',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  down: 'M5 7.5l5 5 5-5',
  alert: `${CIRCLE}M10 6.5v4M10 13.6h.01`,
  clock: `${CIRCLE}M10 6.2V10l2.6 1.6`,
  page: 'M5.5 3.5h6L15 7v9.5H5.5zM11.5 3.5V7H15',
} as const

/** Decoration: what it means is said in words beside it. */
export function icon(name: keyof typeof OUTLINES): TemplateResult {
  return outlined(name, OUTLINES[name])
}

/** An icon by its outline; `name` is for style sheets. */
export function outlined(name: string, outline: string): TemplateResult {
  return html`<svg class="icon" data-icon=${name} viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${outline} /></svg>`
}
