/** So much of what came before a new line stays in sight. */
const CONTEXT = 64
/** Nearer to the end than this counts as reading along. */
const NEAR = 72

/**
 * Keeps the newest line in view while the shopper reads along, without ever pushing its beginning out of sight; whoever
 * scrolled up stays where they are.
 */
export function readingPlace(log: HTMLElement) {
  let along = true
  let set = 0
  const end = () => log.scrollHeight - log.clientHeight
  const onScroll = () => {
    along = log.scrollTop >= Math.min(end(), set) - NEAR
  }
  log.addEventListener('scroll', onScroll, { passive: true })
  return {
    /** Whether the end is out of sight. */
    away: () => end() - log.scrollTop > NEAR && !along,
    /** After new lines were drawn; `own`: the shopper has just written. */
    follow(own: boolean) {
      if (!along && !own) return
      along = true
      const last = log.querySelector<HTMLElement>('.entries > :last-child')
      // Without lines there is only the welcome, which is read from its top.
      if (!last) return
      const begins = last.offsetTop - CONTEXT
      set = last.dataset['kind'] === 'assistant' ? Math.min(end(), begins) : end()
      if (log.scrollTop < set || own) log.scrollTop = set
    },
    toEnd() {
      along = true
      set = end()
      log.scrollTop = set
    },
    dispose: () => log.removeEventListener('scroll', onScroll),
  }
}
