const ENGLISH = new Set(
  'the and of to is are you your for with this that not can we our from have will be it if or on at by as an in was were when how'.split(
    ' ',
  ),
)
const GERMAN = new Set(
  'der die das und ist sind nicht sie ihr ihre für mit von zu den dem des ein eine einen einer wir werden wird auf bei aus oder wenn auch im am es ich kann können wie'.split(
    ' ',
  ),
)
const WORDS_READ = 400
const LEAST_HITS = 3

/** `en` or `de` by function words, where one clearly leads; undefined otherwise. */
export function detectLanguage(text: string): 'en' | 'de' | undefined {
  const words =
    text
      .slice(0, WORDS_READ * 12)
      .toLowerCase()
      .match(/\p{L}+/gu)
      ?.slice(0, WORDS_READ) ?? []
  const english = words.filter((word) => ENGLISH.has(word)).length
  const german = words.filter((word) => GERMAN.has(word)).length
  if (english >= LEAST_HITS && english >= 2 * german) return 'en'
  if (german >= LEAST_HITS && german >= 2 * english) return 'de'
  return undefined
}
