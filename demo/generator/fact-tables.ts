import { money } from './euros.ts'
import type { Facts, Locale } from './tables.ts'

type Zone = Record<Locale, string> & { standard: number; free_from?: number; days: string; express?: number }
type Guarantee = Record<Locale, string> & { years: number }
type Tier = { from: number; percent: number }

/** A Markdown table made of facts. Throws on a name it does not know. */
export function factTable(name: string, facts: Facts, locale: Locale): string {
  const say = (en: string, de: string) => (locale === 'en' ? en : de)
  switch (name) {
    case 'zones': {
      const none = say('not available', 'nicht verfügbar')
      const zones = (facts.shipping as { zones: Zone[] }).zones
      return table(
        [
          say('Country', 'Land'),
          say('Standard shipping', 'Standardversand'),
          say('Free from', 'Kostenlos ab'),
          say('Delivery time in working days', 'Lieferzeit in Werktagen'),
          'Express',
        ],
        zones.map((zone) => [
          zone[locale],
          money(zone.standard, locale),
          zone.free_from ? money(zone.free_from, locale) : say('never', 'nie'),
          zone.days,
          zone.express ? money(zone.express, locale) : none,
        ]),
      )
    }
    case 'guarantee':
      return table(
        [say('What', 'Was'), say('Our guarantee', 'Unsere Garantie')],
        (facts.warranty as { own: Guarantee[] }).own.map((row) => [
          row[locale],
          `${row.years} ${say('years', 'Jahre')}`,
        ]),
      )
    case 'tiers':
      return table(
        [say('Net order value', 'Nettobestellwert'), say('Discount', 'Rabatt')],
        (facts.b2b as { tiers: Tier[] }).tiers.map((row) => [
          `${say('from', 'ab')} ${money(row.from, locale)}`,
          `${row.percent} %`,
        ]),
      )
    case 'clothing':
      return table(
        [say('Size', 'Größe'), say('Chest in cm', 'Brustumfang in cm'), say('Waist in cm', 'Taille in cm')],
        sizes(facts, 'clothing'),
      )
    case 'shoes':
      return table(
        [say('EU size', 'EU-Größe'), say('Foot length in cm', 'Fußlänge in cm')],
        sizes(facts, 'shoes').map((row) => row.map((cell) => (locale === 'de' ? cell.replace('.', ',') : cell))),
      )
    case 'helmets':
      return table([say('Size', 'Größe'), say('Head in cm', 'Kopfumfang in cm')], sizes(facts, 'helmets'))
    default:
      throw new Error(`no table ${name}`)
  }
}

const sizes = (facts: Facts, kind: string) => (facts.sizes as Record<string, string[][]>)[kind] ?? []

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
