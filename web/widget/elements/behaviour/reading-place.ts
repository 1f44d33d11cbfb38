/** So much of what came before a new line stays in sight. */
const CONTEXT = 64
/** Nearer to the end than this counts as reading along. */
const NEAR = 72

/**
 * Keeps the newest line in view while the shopper reads along, without ever pushing its beginning out of sight; whoever
 * scrolled up stays where they are, and `tell` says that the end is out of sight.
 */
export function readingPlace(log: HTMLElement, tell: (away: boolean) => void) {
  let along = true
  let set = 0
  const end = () => log.scrollHeight - log.clientHeight
  const look = () => tell(end() - log.scrollTop > NEAR && !along)
  const onScroll = () => {
    along = log.scrollTop >= Math.min(end(), set) - NEAR
    look()
  }
  log.addEventListener('scroll', onScroll, { passive: true })
  return {
    /** After new lines were drawn; `own`: the shopper has just written. */
    follow(own: boolean) {
      if (!along && !own) return look()
      along = true
      const last = log.querySelector<HTMLElement>('.entries > :last-child')
      // Without lines there is only the welcome, which is read from its top.
      if (!last) return
      const begins = last.offsetTop - CONTEXT
      set = last.dataset.kind === 'assistant' ? Math.min(end(), begins) : end()
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
