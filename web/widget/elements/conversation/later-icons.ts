import type { TemplateResult } from 'lit/html.js'
import { outlined } from './icons.ts'

/** Outlines of the parts that are fetched later; the others are in `icons.ts`. */
const OUTLINES = {
  box: 'M3.5 6.7 10 3.2l6.5 3.5v6.8L10 17l-6.5-3.5zM3.5 6.7l6.5 3.5 6.5-3.5M10 10.2V17',
  copy: 'M7.5 7.5h8.5v8.5H7.5zM4.5 12.5v-8h8',
  print: 'M6 7V3.5h8V7M6 13.5H3.8V8.3A1.3 1.3 0 0 1 5 7h10a1.3 1.3 0 0 1 1.2 1.3v5.2H14M6 11h8v5.5H6z',
  save: 'M10 3.5V12M6.2 8.5 10 12.2l3.8-3.7M4 16.2h12',
  trash: 'M4 5.5h12M8 5.5V3.8h4v1.7M5.4 5.5l.7 11h7.8l.7-11',
  lock: 'M5.2 9h9.6v7.5H5.2zM7 9V6.5a3 3 0 0 1 6 0V9',
  out: 'M8 5.5h6.5V12M14.5 5.5 5.5 14.5',
  up: 'M6.5 9l3-5.5c1 0 1.8.8 1.8 1.8V8h3.6a1.4 1.4 0 0 1 1.4 1.6l-.8 5a1.4 1.4 0 0 1-1.4 1.2H6.5zM6.5 9H4v6.8h2.5',
  retry: 'M15.8 8.2a6 6 0 1 0 .2 3M16 4v4.2h-4.2',
} as const

export type LaterIconName = keyof typeof OUTLINES

/** Like `icon`. */
export function laterIcon(name: LaterIconName): TemplateResult {
  return outlined(name, OUTLINES[name])
}
