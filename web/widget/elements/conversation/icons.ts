import { html, type TemplateResult } from 'lit'

const CIRCLE = 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14'
const THUMB =
  'M6.5 9l3-5.5c1 0 1.8.8 1.8 1.8V8h3.6a1.4 1.4 0 0 1 1.4 1.6l-.8 5a1.4 1.4 0 0 1-1.4 1.2H6.5zM6.5 9H4v6.8h2.5'

/** Outlines on a grid of 20, drawn for the widget. */
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
  out: 'M8 5.5h6.5V12M14.5 5.5 5.5 14.5',
  up: THUMB,
  retry: 'M15.8 8.2a6 6 0 1 0 .2 3M16 4v4.2h-4.2',
  alert: `${CIRCLE}M10 6.5v4M10 13.6h.01`,
  clock: `${CIRCLE}M10 6.2V10l2.6 1.6`,
  box: 'M3.5 6.7 10 3.2l6.5 3.5v6.8L10 17l-6.5-3.5zM3.5 6.7l6.5 3.5 6.5-3.5M10 10.2V17',
  copy: 'M7.5 7.5h8.5v8.5H7.5zM4.5 12.5v-8h8',
  print: 'M6 7V3.5h8V7M6 13.5H3.8V8.3A1.3 1.3 0 0 1 5 7h10a1.3 1.3 0 0 1 1.2 1.3v5.2H14M6 11h8v5.5H6z',
  save: 'M10 3.5V12M6.2 8.5 10 12.2l3.8-3.7M4 16.2h12',
  trash: 'M4 5.5h12M8 5.5V3.8h4v1.7M5.4 5.5l.7 11h7.8l.7-11',
  lock: 'M5.2 9h9.6v7.5H5.2zM7 9V6.5a3 3 0 0 1 6 0V9',
  page: 'M5.5 3.5h6L15 7v9.5H5.5zM11.5 3.5V7H15',
} as const

export type IconName = keyof typeof OUTLINES

/** Decoration: what it means is said in words beside it. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" data-icon=${name} viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${OUTLINES[name]} /></svg>`
}
