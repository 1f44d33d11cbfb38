import type { Place, Show } from './desk.port.ts'

export const SHOWS: readonly Show[] = ['open', 'waiting', 'mine', 'others', 'resolved']
const HANDOFF_PATH = /^\/console\/handoffs\/([^/]+)\/?$/

/** What an address shows; anything it does not know is the whole open queue. */
export function placeOf(url: URL): Place {
  const show = SHOWS.find((known) => known === url.searchParams.get('show')) ?? 'open'
  const inPath = HANDOFF_PATH.exec(url.pathname)?.[1]
  return { show, handoff: inPath ? decodeURIComponent(inPath) : url.searchParams.get('handoff') || null }
}

/** The address of a place, from the root of the server. */
export function addressOf({ show, handoff }: Place): string {
  const query = new URLSearchParams({
    ...(show === 'open' ? {} : { show }),
    ...(handoff ? { handoff } : {}),
  }).toString()
  return query ? `/console?${query}` : '/console'
}
