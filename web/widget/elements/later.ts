import type { ChatState } from '../chat.port.ts'

export type LaterParts = typeof import('./later-parts.ts')

/**
 * Parts that opening and asking do not need: fetched once with the first need, or when the browser has nothing else to do after the
 * panel was opened, so that they are there before anybody looks for them. They are defined once their style sheet is there, and
 * then `came` draws what was drawn without them. Rejects with what kept them from coming; the next call tries again.
 */
export function later(
  fetchSheet: () => Promise<string>,
  root: ShadowRoot,
  came: () => void,
): () => Promise<LaterParts> {
  let coming: Promise<LaterParts> | null = null
  return () => {
    coming ??= fetchParts()
    return coming
  }

  async function fetchParts(): Promise<LaterParts> {
    try {
      const [parts, sheet] = await Promise.all([import('./later-parts.ts'), fetchSheet()])
      adopt(root, sheet)
      parts.defineParts()
      came()
      return parts
    } catch (error) {
      coming = null
      throw error
    }
  }
}

/** Whether something of `state` is drawn by parts that come later. */
export function needsLater({ entries, proof }: ChatState): boolean {
  return (
    proof.step !== 'none' ||
    entries.some((entry) => entry.kind === 'handoff' || (entry.kind === 'assistant' && entry.answer !== null))
  )
}

/** Adds the style sheet `text` to those of `root`; no policy has anything to say about it. */
export function adopt(root: ShadowRoot, text: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  root.adoptedStyleSheets.push(sheet)
}
