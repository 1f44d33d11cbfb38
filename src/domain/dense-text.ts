import type { Chunk } from './document.ts'

/** The text a passage's vector is made of. A change here makes every stored vector stale, so it goes with a new model name. */
export function denseText(chunk: Pick<Chunk, 'title' | 'headingPath' | 'question' | 'text'>): string {
  const head = [chunk.title, ...chunk.headingPath, chunk.question ?? ''].map((part) => part.trim()).filter(Boolean)
  return [...new Set(head), chunk.text].join('\n')
}
