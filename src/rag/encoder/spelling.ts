/** Shorter words have too many neighbours: `red` is one letter from a dozen others. */
const SHORTEST = 4
const LONGEST = 32
/** Only candidates sharing this part of their trigrams are compared letter by letter; one slip costs a short word most of its own. */
const LEAST_SHARED = 0.4
const LEAST_SHARED_SHORT = 0.2
const SHORT = 5
/** Up to here swapped neighbours leave a word too few trigrams: `bosrch` has a third of `borsch`'s. */
const LONGEST_SWAPPED = 7
const MOST_COMPARED = 40

export type NearWord = { term: number; stem: string /** 0–1; 1 is the same word. */; likeness: number }
export type Spelling = {
  learn(stem: string, term: number): void
  /** At most `limit` live stems within the misspellings a typist makes, best first (ties: the more frequent). */
  near(stem: string, limit: number): NearWord[]
}

/** Finds words by their character trigrams, so that a misspelt question word meets the shop's own. `frequency` 0 means not live. */
export function spelling(frequency: (term: number) => number): Spelling {
  const stems: string[] = []
  const terms: number[] = []
  const places = new Map<string, number[]>()
  /** Words by their letters in order: swapped neighbours can leave no trigram in common. */
  const anagrams = new Map<string, number[]>()
  /** Reused between look-ups: how many trigrams of the asked word each learnt word has. */
  let shared = new Uint8Array(1024)

  function learn(stem: string, term: number): void {
    if (stem.length < SHORTEST || stem.length > LONGEST) return
    const place = stems.length
    stems.push(stem)
    terms.push(term)
    if (place >= shared.length) shared = new Uint8Array(shared.length * 2)
    for (const gram of trigrams(stem)) listed(places, gram, place)
    if (stem.length <= LONGEST_SWAPPED) listed(anagrams, lettersOf(stem), place)
  }

  function near(stem: string, limit: number): NearWord[] {
    if (stem.length < SHORTEST || stem.length > LONGEST) return []
    const found: NearWord[] = []
    for (const place of candidates(stem)) {
      const other = stems[place] ?? ''
      const term = terms[place] ?? 0
      const most = allowedEdits(stem, other)
      const edits = most === 0 ? 1 : editDistance(stem, other, most)
      if (edits > most) continue
      const likeness = 1 - (edits * slip(stem, other)) / Math.max(stem.length, other.length)
      found.push({ term, stem: other, likeness })
    }
    found.sort(
      (one, two) => two.likeness - one.likeness || frequency(two.term) - frequency(one.term) || one.term - two.term,
    )
    return found.slice(0, limit)
  }

  function candidates(stem: string): number[] {
    const grams = trigrams(stem)
    const least = stem.length <= SHORT ? LEAST_SHARED_SHORT : LEAST_SHARED
    const touched: number[] = []
    for (const gram of grams) {
      for (const place of places.get(gram) ?? []) {
        if (shared[place] === 0) touched.push(place)
        shared[place] = (shared[place] ?? 0) + 1
      }
    }
    // Thousands share a trigram, few share enough of them.
    const scored: { place: number; alike: number }[] = []
    for (const place of touched) {
      const both = shared[place] as number
      shared[place] = 0
      // Dice's coefficient over trigrams with edges.
      const alike = (2 * both) / (grams.length + (stems[place] as string).length)
      if (alike >= least && frequency(terms[place] as number) > 0) scored.push({ place, alike })
    }
    scored.sort((one, two) => two.alike - one.alike || one.place - two.place)
    const swapped = (stem.length <= LONGEST_SWAPPED ? (anagrams.get(lettersOf(stem)) ?? []) : []).filter(
      (place) => frequency(terms[place] ?? 0) > 0,
    )
    return [...new Set([...swapped, ...scored.slice(0, MOST_COMPARED).map(({ place }) => place)])]
  }

  return { learn, near }
}

const lettersOf = (word: string) => [...word].sort().join('')

function listed(lists: Map<string, number[]>, key: string, place: number): void {
  const list = lists.get(key)
  if (list) list.push(place)
  else lists.set(key, [place])
}

/** Distinct trigrams of the word with its edges marked, as many as it has letters at most. */
function trigrams(word: string): string[] {
  const marked = `^${word}$`
  const grams = new Set<string>()
  for (let start = 0; start + 3 <= marked.length; start += 1) grams.add(marked.slice(start, start + 3))
  return [...grams]
}

/** What an edit counts: less where both words sound alike (`noice`, `noise`), more where the first letter changes, which typists seldom miss. */
function slip(one: string, two: string): number {
  if (soundOf(one) === soundOf(two)) return 0.5
  return one[0] === two[0] || one[0] === two[1] ? 1 : 1.3
}

/** How a word sounds, roughly: letters that are written for one another are one. */
function soundOf(word: string): string {
  return word
    .replaceAll('ph', 'f')
    .replace(/c(?=[eiy]|$)|z/g, 's')
    .replaceAll('ck', 'k')
    .replaceAll('c', 'k')
    .replaceAll('y', 'i')
    .replace(/(.)\1/g, '$1')
}

/** One slip in a short word, two in a long one; none between words with different digits (`x200` is not `x300`). */
function allowedEdits(one: string, two: string): number {
  if (one.replace(/\D+/g, '') !== two.replace(/\D+/g, '')) return 0
  const shorter = Math.min(one.length, two.length)
  return shorter >= 8 ? 2 : 1
}

/** Optimal string alignment distance (insert, delete, replace, swap of neighbours), or `most + 1` when it is above `most`. */
function editDistance(one: string, two: string, most: number): number {
  if (Math.abs(one.length - two.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: two.length + 1 }, (_, place) => place)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= two.length; j += 1) {
      const cost = one[i - 1] === two[j - 1] ? 0 : 1
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
      least = Math.min(least, best)
    }
    if (least > most) return most + 1
    before = last
    last = row
  }
  return last[two.length] ?? most + 1
}
