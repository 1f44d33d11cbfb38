import { type Block, blockText } from '../sources/block.ts'
import { documentBlocks } from '../sources/document-blocks.ts'
import { type Gap, gapsBetween } from './match-units.ts'

/** A paragraph, list item, table row or heading that differs; `heading` is where it stands now, or stood. */
export type PassageChange = {
  change: 'added' | 'removed' | 'changed'
  heading: string[]
  before: string | null
  after: string | null
  /** Whether `before` or `after` is a part of what stands there, around the first difference. */
  clipped: boolean
}
type Unit = { heading: string[]; text: string }

/** Words in common, of both, from which one passage is the other's new wording and not another passage. */
const SAME_PASSAGE = 0.4
/** New passages an old one is compared with. */
const LOOK_AHEAD = 25
/** Characters shown of a passage, and how many of them before the first difference. */
const SHOWN = 1_500
const LEAD = 200

/** What reads differently, in reading order; markup that shoppers do not see makes no difference. */
export function passageChanges(before: string, after: string): PassageChange[] {
  const [old, fresh] = [unitsOf(before), unitsOf(after)]
  const gaps = gapsBetween(
    old.map(({ text }) => text),
    fresh.map(({ text }) => text),
  )
  return gaps.flatMap((gap) => changesIn(gap, old, fresh))
}

function changesIn(gap: Gap, old: Unit[], fresh: Unit[]): PassageChange[] {
  const removed = gap.before.flatMap((at) => old[at] ?? [])
  const added = gap.after.flatMap((at) => fresh[at] ?? [])
  const changes: PassageChange[] = []
  const words = added.map(wordsOf)
  let next = 0
  for (const one of removed) {
    const partner = partnerOf(wordsOf(one), words, next)
    if (partner === null) {
      changes.push(told(one, null))
      continue
    }
    for (const other of added.slice(next, partner)) changes.push(told(null, other))
    changes.push(told(one, added[partner] ?? null))
    next = partner + 1
  }
  for (const other of added.slice(next)) changes.push(told(null, other))
  return changes
}

function partnerOf(one: Words, added: Words[], from: number): number | null {
  let best: { at: number; likeness: number } | null = null
  for (const [index, other] of added.slice(from, from + LOOK_AHEAD).entries()) {
    const likeness = alike(one, other)
    if (likeness >= SAME_PASSAGE && (best === null || likeness > best.likeness)) best = { at: from + index, likeness }
  }
  return best?.at ?? null
}

function told(before: Unit | null, after: Unit | null): PassageChange {
  const heading = (after ?? before)?.heading ?? []
  if (before && after) {
    const from = firstDifference(before.text, after.text)
    const [old, fresh] = [clip(before.text, from), clip(after.text, from)]
    return { change: 'changed', heading, before: old.text, after: fresh.text, clipped: old.clipped || fresh.clipped }
  }
  const only = clip((before ?? after)?.text ?? '', 0)
  return before
    ? { change: 'removed', heading, before: only.text, after: null, clipped: only.clipped }
    : { change: 'added', heading, before: null, after: only.text, clipped: only.clipped }
}

function firstDifference(left: string, right: string): number {
  let at = 0
  while (at < left.length && left[at] === right[at]) at += 1
  return at
}

function clip(text: string, difference: number): { text: string; clipped: boolean } {
  if (text.length <= SHOWN) return { text, clipped: false }
  const start = difference <= SHOWN - LEAD ? 0 : difference - LEAD
  const end = Math.min(text.length, start + SHOWN)
  // Half a surrogate pair is no character.
  const part = text.slice(start, end).toWellFormed().replaceAll('\ufffd', '')
  return { text: `${start > 0 ? '… ' : ''}${part}${end < text.length ? ' …' : ''}`, clipped: true }
}

function unitsOf(text: string): Unit[] {
  const path: { level: number; text: string }[] = []
  const units: Unit[] = []
  for (const block of documentBlocks(text)) {
    if (block.kind === 'heading') while ((path.at(-1)?.level ?? 0) >= block.level) path.pop()
    const heading = path.map((above) => above.text)
    for (const part of partsOf(block)) units.push({ heading, text: part })
    if (block.kind === 'heading') path.push(block)
  }
  return units
}

function partsOf(block: Block): string[] {
  if (block.kind === 'list') return block.items
  if (block.kind === 'table') return [block.header.split('\n')[0] ?? '', ...block.rows]
  return [blockText(block, false)]
}

/** A passage's words, each with how often it stands there. */
type Words = { total: number; times: Map<string, number> }

function wordsOf({ text }: Unit): Words {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const times = new Map<string, number>()
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  return { total: words.length, times }
}

/** Twice the words in common by all words, each as often as it stands there. */
function alike(left: Words, right: Words): number {
  let shared = 0
  for (const [word, times] of left.times) shared += Math.min(times, right.times.get(word) ?? 0)
  return left.total + right.total === 0 ? 0 : (2 * shared) / (left.total + right.total)
}
