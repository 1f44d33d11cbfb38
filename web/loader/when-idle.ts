/** Runs `work` once the page has nothing else to do; Safari cannot tell, and there it waits for the page to be loaded. */
export function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 5_000 })
  else addEventListener('load', work, { once: true })
}
