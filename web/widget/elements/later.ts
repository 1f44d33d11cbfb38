/**
 * Parts that opening and asking do not need: fetched with the first need, or when the browser has nothing else to do after the
 * panel was opened, so that they are there before anybody looks for them. Elements draw themselves once they are defined.
 */
export const later = {
  cards: () => import('./answer/cards-element.define.ts'),
  proof: () => import('./proof-element.define.ts'),
  person: () => import('./sheets/person-sheet-element.define.ts'),
  erase: () => import('./sheets/erase-sheet-element.define.ts'),
  menuActions: () => import('./sheets/menu-actions.ts'),
  colours: () => import('./behaviour/readable-colours.ts'),
}

/** Fetches all of them; what cannot be fetched now is tried again when it is needed. */
export async function fetchLater(): Promise<void> {
  for (const part of Object.values(later)) await part().catch(() => {})
}
