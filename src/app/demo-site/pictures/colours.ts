/** The colours a thing is drawn in, all made from its own. `metal`, `wood` and `ink` are the same for everything. */
export type Colours = Record<'main' | 'dark' | 'light' | 'accent' | 'metal' | 'wood' | 'ink', string>
const METAL = '#b9c2c6'
const WOOD = '#c69a6b'
const INK = '#2b2f33'

/** What the shop calls its colours. Longer names come first, so that `bottle green` is not taken for green. */
const NAMED: [name: string, colour: string][] = [
  ['bottle green', '#1f4d3a'],
  ['basil green', '#5f8a4e'],
  ['fjord green', '#2f6f6b'],
  ['signal yellow', '#f2c200'],
  ['signal red', '#c8281e'],
  ['warm white', '#f6ecd6'],
  ['matt black', '#34383c'],
  ['black', '#3a3e42'],
  ['anthracite', '#464b50'],
  ['graphite', '#565b60'],
  ['slate', '#64727c'],
  ['steel', '#a9b4ba'],
  ['silver', '#c3cacd'],
  ['grey', '#9a9fa3'],
  ['white', '#fbfaf6'],
  ['cream', '#f4e8cd'],
  ['salt', '#eeeae0'],
  ['oat', '#e0d1b4'],
  ['sand', '#dcc59a'],
  ['natural', '#d9c19a'],
  ['navy', '#27406b'],
  ['ink', '#2c3a5c'],
  ['petrol', '#1d6a73'],
  ['fjord', '#34738a'],
  ['blue', '#3f74a8'],
  ['sea', '#4a9aa5'],
  ['mint', '#9ccfb8'],
  ['sage', '#a3b491'],
  ['moss', '#6d7f45'],
  ['olive', '#757a3f'],
  ['forest', '#2f5a40'],
  ['reed', '#a8a568'],
  ['green', '#4b8a5a'],
  ['yellow', '#efc63d'],
  ['mustard', '#d4a02a'],
  ['ochre', '#c98f2e'],
  ['amber', '#e3a13a'],
  ['orange', '#df7a2f'],
  ['terracotta', '#c4684a'],
  ['rust', '#b0552f'],
  ['brick', '#a9472f'],
  ['tomato', '#d8492f'],
  ['red', '#c23b30'],
  ['berry', '#8f2f55'],
  ['plum', '#6a3a5c'],
  ['rose', '#d9a0a0'],
  ['cognac', '#a8683a'],
  ['walnut', '#7a5237'],
  ['oak', '#c9a271'],
  ['beech', '#d9b083'],
  ['ash', '#cdb592'],
  ['brown', '#8a5f3f'],
  ['copper', '#b87350'],
  ['brass', '#c5a04b'],
]
const OTHERWISE = ['#2f6f6b', '#c4684a', '#d4a02a', '#27406b', '#8f2f55', '#6d7f45', '#34738a', '#b0552f']

/** The first colour `words` names, or one that always belongs to `seed`. */
export function coloursOf(words: string, seed: number): Colours {
  const text = words.toLowerCase()
  const found = NAMED.map(([name, colour]) => ({ at: text.search(new RegExp(`\\b${name}\\b`)), colour }))
    .filter(({ at }) => at >= 0)
    .sort((left, right) => left.at - right.at)
  const main = found[0]?.colour ?? OTHERWISE[seed % OTHERWISE.length] ?? METAL
  const accent = found[1]?.colour ?? OTHERWISE[(seed >> 3) % OTHERWISE.length] ?? WOOD
  return {
    main,
    dark: mixed(main, '#101820', 0.28),
    light: mixed(main, '#ffffff', 0.38),
    accent,
    metal: METAL,
    wood: WOOD,
    ink: INK,
  }
}

/** `share` of `other` in `colour`, both `#rrggbb`. */
function mixed(colour: string, other: string, share: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
  return `#${[1, 3, 5]
    .map((at) => Math.round(channel(colour, at) * (1 - share) + channel(other, at) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`
}
