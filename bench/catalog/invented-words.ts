import { type Seeded, seeded } from '../../demo/generator/seeded.ts'

const ONSETS = 'b br c cl d dr f fl g gr h j k kl l m n p pl qu r s sk st t th tr v w z'.split(' ')
const VOWELS = 'a e i o u a e i o ei ia'.split(' ')
const CODAS = ['', '', '', 'l', 'n', 'r', 's', 'x', 'nd', 'rk', 'st', 'm']

/** An endless list of invented names, capital first; the same `list` and `rank` always give the same one, and rarely two the same. */
export function inventedName(list: string, rank: number): string {
  const chance = seeded(`${list} ${rank}`)
  const syllables = chance.between(2, 3)
  let name = ''
  for (let place = 0; place < syllables; place += 1)
    name += chance.pick(ONSETS) + chance.pick(VOWELS) + (place === syllables - 1 ? chance.pick(CODAS) : '')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** A rank from 0 below `size`, small ones often: rank r about as often as 1 / (r + 1). Source: Zipf's law. */
export function zipf(size: number, chance: Seeded): number {
  return Math.min(size - 1, Math.floor(Math.exp(chance.next() * Math.log(size + 1))) - 1)
}
