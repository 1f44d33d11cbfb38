const OPENINGS = [
  'Hi there, I hope you are doing well today.',
  'Hello, I am writing because I could not find this anywhere on your pages.',
  'Hello, this is a bit of a long story, sorry about that.',
  'Good morning!',
  'I hope this reaches the right person.',
]
/** What people tell beside what they ask: true of their lives, and answered by nobody. */
const TOLD = [
  'I bought something from you last month and I am really happy with it so far.',
  'My friend told me about your company and I have been looking around for a while.',
  'We are a family of four and have been customers for some years.',
  'I just moved to a new flat in the city and things have been quite busy here.',
  'My sister is getting married in June and everybody is excited.',
  'I work nights at the hospital, so I usually sort out these things at the weekend.',
  'My husband says I worry too much, but I would rather be sure.',
  'Last time I talked to one of your colleagues on the phone and he was very kind.',
  'I am not very good with computers and my son normally helps me with the website.',
  'The weather has been awful all week, so I finally had time to write.',
  'I have read the pages twice now and I am still confused.',
  'I was on holiday until yesterday and only saw your email this morning.',
  'I am trying to plan my budget for the next few months.',
  'A colleague at work had the same problem a year ago.',
  'I am a bit stressed because I need all of this settled before Friday.',
  'I have been saving up for this since the spring.',
]
const BETWEEN = ['Also, one more thing.', 'I am a bit confused about this.', 'And then there is something else.']
const CLOSINGS = [
  'Thanks a lot for your help!',
  'I would like to decide this week.',
  'Could you look into all of this for me?',
  '',
]

/** Numbers from 0 to below 1, the same for the same `seed` (mulberry32 on FNV-1a). */
export function pseudoRandom(seed: string): () => number {
  let state = 2166136261
  for (let place = 0; place < seed.length; place += 1) state = Math.imul(state ^ seed.charCodeAt(place), 16777619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A copy in random order. */
export function shuffled<T>(values: T[], random: () => number): T[] {
  const copy = [...values]
  for (let place = copy.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1))
    ;[copy[place], copy[other]] = [copy[other] as T, copy[place] as T]
  }
  return copy
}

/** One slip in about every third longer word: swapped neighbours, a letter lost, doubled or hit beside its key. */
export function misspelt(text: string, random: () => number): string {
  return text
    .split(' ')
    .map((word) => (/^\p{L}{5,}$/u.test(word) && random() < 0.34 ? slipped(word, random) : word))
    .join(' ')
}

/** Questions one after another; as a story with an opening, asides and a closing. */
export function together(texts: string[], story: boolean, random: () => number): string {
  const pick = (choices: string[]) => choices[Math.floor(random() * choices.length)] ?? ''
  const sentences = texts.map((text) => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`))
  if (!story) return sentences.join(' ')
  const told = sentences.flatMap((sentence, place) => {
    const aside = random() < 0.7 ? [pick(TOLD)] : place > 0 && random() < 0.3 ? [pick(BETWEEN)] : []
    return [...aside, sentence]
  })
  return [pick(OPENINGS), ...told, pick(CLOSINGS)].filter(Boolean).join(' ')
}

/** Sentences of one matter as a message: perhaps greeted and closed, with an aside now and then. */
export function messageOf(texts: string[], random: () => number): string {
  const pick = (choices: string[]) => choices[Math.floor(random() * choices.length)] ?? ''
  const told = texts.map((text) => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`))
  if (random() < 0.3) told.splice(Math.floor(random() * told.length), 0, pick(TOLD))
  return [random() < 0.4 ? pick(OPENINGS) : '', ...told, random() < 0.4 ? pick(CLOSINGS) : ''].filter(Boolean).join(' ')
}

function slipped(word: string, random: () => number): string {
  const place = 1 + Math.floor(random() * (word.length - 2))
  const [before, letter, after] = [word.slice(0, place), word[place] ?? '', word.slice(place + 1)]
  switch (Math.floor(random() * 4)) {
    case 0:
      return `${before}${after[0] ?? ''}${letter}${after.slice(1)}`
    case 1:
      return before + after
    case 2:
      return before + letter + letter + after
    default:
      return `${before}${beside(letter, random)}${after}`
  }
}

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

function beside(letter: string, random: () => number): string {
  const row = ROWS.find((keys) => keys.includes(letter.toLowerCase()))
  const place = row?.indexOf(letter.toLowerCase()) ?? -1
  if (!row || place < 0) return letter + letter
  return row[place + (place === 0 || (place < row.length - 1 && random() < 0.5) ? 1 : -1)] ?? letter
}
