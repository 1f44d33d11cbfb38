import type { Chunk } from '#domain/document.ts'

/** Texts by which a product is one of a kind, besides its names and its category: a field that is true counts by its name, one that is not does not. */
export function saidOf({ scope, attributes }: Chunk): string[] {
  const texts = scope.brand ? [scope.brand] : []
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || (typeof value === 'string' && LACKING.test(value))) continue
    if (value === true || (typeof value === 'string' && INCLUDED.test(value)))
      texts.push(name.includes('_') ? name.replaceAll('_', ' ') : name)
    if (value !== true) texts.push(typeof value === 'object' ? `${value.value} ${value.unit}` : `${value}`)
  }
  return texts
}

/** A value that denies its field. */
export const LACKING = /^\s*(?:no|none|not|without|n\/a|nein|kein|keine|ohne|nicht|-)(?![\p{L}])/iu
/** A value that affirms its field. */
export const INCLUDED = /^\s*(?:yes|ja|included|inklusive|enthalten|vorhanden)(?![\p{L}])/iu
const ADDITION = /[,;(|–]| - | with | for | mit | für /iu
const SIZE = /\s\S*\d\S*(?:\s(?:×|x|cm|mm|m|l|ml|g|kg|w|inch)(?=\s|$))?(?=\s|$)/giu

/** The word a name is about: it stands last, before sizes and additions, as in `Clerk laptop backpack, 20 l with rain cover`. */
export function headOf(name: string): string {
  const cut = name.search(ADDITION)
  const own = cut < 0 ? name : name.slice(0, cut)
  const bare = (/\d/.test(own) ? own.replace(SIZE, '') : own).trimEnd()
  return bare.slice(bare.lastIndexOf(' ') + 1)
}
