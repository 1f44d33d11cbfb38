import type { ChatState } from '../chat.port.ts'

/**
 * Parts that opening and asking do not need: fetched with the first need, or when the browser has nothing else to do after the
 * panel was opened, so that they are there before anybody looks for them. Elements draw themselves once they are defined.
 */
export const later = {
  sources: () => import('./answer/sources-element.define.ts'),
  related: () => import('./answer/related-element.define.ts'),
  cards: () => import('./answer/cards-element.define.ts'),
  feedback: () => import('./answer/feedback-element.define.ts'),
  handoff: () => import('./handoff/handoff-element.define.ts'),
  menu: () => import('./sheets/menu-element.define.ts'),
  proof: () => import('./proof-element.define.ts'),
  person: () => import('./sheets/person-sheet-element.define.ts'),
  erase: () => import('./sheets/erase-sheet-element.define.ts'),
  menuActions: () => import('./sheets/menu-actions.ts'),
  colours: () => import('./behaviour/readable-colours.ts'),
}

/** Fetches what `state` shows and is not there yet; whether something came. */
export async function fetchFor({ entries, proof }: ChatState): Promise<boolean> {
  const answers = entries.flatMap((entry) => (entry.kind === 'assistant' && entry.answer) || [])
  const shown = {
    sources: answers.length > 0,
    feedback: answers.length > 0,
    related: answers.some(({ related }) => related?.length),
    cards: answers.some(({ products, orders }) => products.length || orders.length),
    handoff: entries.some(({ kind }) => kind === 'handoff'),
    proof: proof.step !== 'none',
  }
  const missing = (Object.keys(shown) as (keyof typeof shown)[]).filter(
    (name) => shown[name] && !customElements.get(`purser-${name}`),
  )
  const came = await Promise.allSettled(missing.map((name) => later[name]()))
  return came.some(({ status }) => status === 'fulfilled')
}

/** Fetches all of them; what cannot be fetched now is tried again when it is needed. */
export async function fetchLater(): Promise<void> {
  for (const part of Object.values(later)) await part().catch(() => {})
}
