import type { Audience, Chunk, DocumentKind } from '#domain/document.ts'

/** Everything a filter looks at, besides dates: passages that agree in it are of one class. */
export type Placement = {
  kind: DocumentKind
  locale: string | null
  audience: string | null
  region: string | null
  channel: string | null
}

/** Audience names that mean everybody. */
const EVERYBODY = new Set(['all', 'public', 'everyone', 'shopper', 'customer'])
/** Members of the European Union, ISO 3166-1: content scoped to `EU` serves them. Source: europa.eu, country profiles. */
const EU = new Set('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '))

export function placementOf(chunk: Chunk): Placement {
  const audience = chunk.audience?.toLowerCase() ?? null
  return {
    kind: chunk.kind,
    locale: chunk.locale?.toLowerCase().replaceAll('_', '-') ?? null,
    audience: audience && EVERYBODY.has(audience) ? null : audience,
    region: chunk.scope.region?.toUpperCase() ?? null,
    channel: chunk.scope.channel?.toLowerCase() ?? null,
  }
}

/**
 * Which classes a question may see. Content without a locale, region, channel or audience serves every one. Content for an
 * audience is seen by that audience alone; region and channel exclude only where the question's is known and another.
 * A question in a language in which the shop has nothing of a kind sees that kind in the shop's leading language instead.
 * `live` is how many live passages each class has.
 */
export function visibleClasses(
  classes: Placement[],
  live: (place: number) => number,
  audience: Audience,
  kinds: DocumentKind[] | null,
): boolean[] {
  const scoped = classes.map(
    (placement, place) =>
      live(place) > 0 &&
      (kinds === null || kinds.includes(placement.kind)) &&
      (placement.audience === null || placement.audience === audience.audience?.toLowerCase()) &&
      (placement.channel === null || !audience.channel || placement.channel === audience.channel.toLowerCase()) &&
      regionServes(placement.region, audience.region),
  )
  if (!audience.locale) return scoped
  const locales = new Map<DocumentKind, (locale: string | null) => boolean>()
  return classes.map((placement, place) => {
    if (!scoped[place]) return false
    let serves = locales.get(placement.kind)
    if (!serves) {
      serves = localeFilter(localeCounts(classes, scoped, live, placement.kind), audience.locale ?? '')
      locales.set(placement.kind, serves)
    }
    return serves(placement.locale)
  })
}

function localeCounts(
  classes: Placement[],
  scoped: boolean[],
  live: (place: number) => number,
  kind: DocumentKind,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [place, placement] of classes.entries())
    if (scoped[place] && placement.kind === kind && placement.locale)
      counts.set(placement.locale, (counts.get(placement.locale) ?? 0) + live(place))
  return counts
}

/** RFC 4647 look-up: the tag and its shorter forms; else the same language elsewhere; else English or what the shop has most of. */
function localeFilter(counts: Map<string, number>, asked: string): (locale: string | null) => boolean {
  const tag = asked.toLowerCase().replaceAll('_', '-')
  const primary = (locale: string) => locale.split('-')[0] ?? locale
  const prefixes = tag.split('-').map((_, place, parts) => parts.slice(0, place + 1).join('-'))
  const exact = (locale: string) => prefixes.includes(locale)
  const sameLanguage = (locale: string) => primary(locale) === primary(tag)
  const present = [...counts.keys()]
  const leading = present.some((locale) => primary(locale) === 'en')
    ? 'en'
    : primary([...counts].sort((one, two) => two[1] - one[1])[0]?.[0] ?? '')
  const chosen = present.some(exact)
    ? exact
    : present.some(sameLanguage)
      ? sameLanguage
      : (locale: string) => primary(locale) === leading
  return (locale) => locale === null || chosen(locale)
}

function regionServes(region: string | null, asked: string | undefined): boolean {
  if (region === null || !asked) return true
  const own = asked.toUpperCase()
  return own === region || own.startsWith(`${region}-`) || (region === 'EU' && EU.has(own.slice(0, 2)))
}
