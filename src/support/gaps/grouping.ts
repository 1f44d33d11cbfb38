/**
 * Two sets of words ask for the same from this Dice coefficient on (twice the shared words over all words): of three words two
 * may not differ, of four one may. Words are base forms with synonyms folded, so what differs then is a different matter.
 */
export const SAME_FROM = 0.7

/** Questions with one set of words are one item; `count` is how many there are. */
type Worded<Item> = { words: string[]; items: Item[] }
type Leader<Item> = Worded<Item> & { numbers: string }

/**
 * Groups `items` by what `wordsOf` says they are about. The most asked word sets lead, and each other one joins the leader
 * most like it (`SAME_FROM`; or one that has just one word more or fewer) or leads a group of its own. What names something
 * by a number joins only the same number. The same items give the same groups, whatever their order.
 */
export function grouped<Item>(items: Item[], wordsOf: (item: Item) => string[]): Worded<Item>[] {
  const bySet = new Map<string, Worded<Item>>()
  for (const item of items) {
    const words = [...new Set(wordsOf(item))].sort()
    const key = words.join(' ')
    const known = bySet.get(key)
    if (known) known.items.push(item)
    else bySet.set(key, { words, items: [item] })
  }
  const sets = [...bySet].sort(
    ([oneKey, one], [otherKey, other]) => other.items.length - one.items.length || (oneKey < otherKey ? -1 : 1),
  )
  const groups: Leader<Item>[] = []
  const leadersWith = new Map<string, Leader<Item>[]>()
  for (const [, set] of sets) {
    const leader = nearest(set.words, leadersWith)
    if (leader) {
      leader.items.push(...set.items)
      continue
    }
    const group = { words: set.words, items: [...set.items], numbers: numbersOf(set.words) }
    groups.push(group)
    for (const word of set.words) {
      const leaders = leadersWith.get(word)
      if (leaders) leaders.push(group)
      else leadersWith.set(word, [group])
    }
  }
  return groups.map(({ words, items }) => ({ words, items }))
}

function nearest<Item>(words: string[], leadersWith: Map<string, Leader<Item>[]>): Leader<Item> | null {
  const numbers = numbersOf(words)
  const shared = new Map<Leader<Item>, number>()
  for (const word of words)
    for (const leader of leadersWith.get(word) ?? []) shared.set(leader, (shared.get(leader) ?? 0) + 1)
  let best: Leader<Item> | null = null
  let bestLikeness = 0
  // Leaders were met in a fixed order, so the first of equals is always the same.
  for (const [leader, count] of shared) {
    const likeness = (2 * count) / (words.length + leader.words.length)
    if (likeness <= bestLikeness || leader.numbers !== numbers || !same(words, leader.words, count, likeness)) continue
    best = leader
    bestLikeness = likeness
  }
  return best
}

function same(one: string[], other: string[], shared: number, likeness: number): boolean {
  const contained = shared === Math.min(one.length, other.length) && Math.abs(one.length - other.length) <= 1
  return contained || likeness >= SAME_FROM
}

function numbersOf(words: string[]): string {
  return words.filter((word) => /\d/.test(word)).join(' ')
}
