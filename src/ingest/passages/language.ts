/** Words that hold sentences together, by language; those that several have count for each a little. */
const FUNCTION_WORDS: Record<string, string> = {
  en: 'the and of to is are you your for with this that not can we our from have will be it if or on at by as in an was were when how do does they has their which any no may must would only after before within what there its these which who where my me us a than up each every most so yes more like into such without one out get using',
  de: 'der die das und ist sind nicht sie ihr ihre ihren für mit von zu den dem des ein eine einen einer wir werden wird auf bei aus oder wenn auch im am es ich kann können wie in als nach zum zur vom sich bis nur noch man hat haben wurde was gibt innerhalb über unter durch kein keine uns unser unsere mehr so durch ohne ja jede jeder eignet passt',
  fr: 'le la les un une des du de et est sont pas que qui pour dans sur avec vous votre vos nous notre ou ne ce cette au aux par plus se il elle leur en sans être avez peut comment',
  es: 'el la los las un una unos de del que y es son no por para con su sus se en lo al como más pero o está usted puede si sin cuándo cómo nuestro nuestra',
  it: 'il lo la gli le un una di del della dei delle che è sono non per con da in su si al alla nel nella come più ma o può se i e questo questa entro',
  nl: 'de het een en van is zijn niet dat die voor met op in te je uw u wij we ons worden wordt naar bij ook als aan of kan kunt er geen binnen hoe wat',
  pt: 'o a os as um uma de do da dos das em no na para com não que se por mais são ou você seu sua é e ao como até',
  sv: 'och är att som på med av det den en ett för inte kan du har till från vi om eller din ditt hur inom',
  da: 'og er at som på med af det den en et for ikke kan du har til fra vi om eller din dit hvordan inden i',
  pl: 'i w z na do nie się jest to że dla od oraz lub przez po o są jak czy można który które',
}
const WORDS_READ = 300
/** Words in the balance of one language alone before it is told; two of its own, or one and some it shares. */
const LEAST_WEIGHT = 1.5
/** A language that is not known here has a few such words by chance; of prose, they are a third. */
const LEAST_SHARE = 0.08
const LANGUAGES = Object.keys(FUNCTION_WORDS)
/** A word's weight in each language: one word counts one in all. */
const WEIGHTS = weights()

/**
 * The language of a text (BCP 47: en, de, fr, es, it, nl, pt, sv, da, pl) by its function words, where one clearly leads, also in
 * a sentence; undefined otherwise.
 */
export function detectLanguage(text: string): string | undefined {
  const words = text.slice(0, WORDS_READ * 12).match(/\p{L}+/gu) ?? []
  const read = Math.min(words.length, WORDS_READ)
  const found = new Float64Array(LANGUAGES.length)
  for (let at = 0; at < read; at++) {
    const known = WEIGHTS.get((words[at] ?? '').toLowerCase())
    if (known) for (const { language, weight } of known) found[language] = (found[language] ?? 0) + weight
  }
  let best = 0
  for (let at = 1; at < found.length; at++) if ((found[at] ?? 0) > (found[best] ?? 0)) best = at
  const lead = found[best] ?? 0
  if (lead < LEAST_WEIGHT || lead < LEAST_SHARE * read) return undefined
  for (let at = 0; at < found.length; at++) if (at !== best && lead < 2 * (found[at] ?? 0)) return undefined
  return LANGUAGES[best]
}

function weights(): Map<string, { language: number; weight: number }[]> {
  const known = new Map<string, Set<number>>()
  LANGUAGES.forEach((name, language) => {
    for (const word of (FUNCTION_WORDS[name] ?? '').split(' '))
      known.set(word, (known.get(word) ?? new Set()).add(language))
  })
  return new Map(
    [...known].map(([word, all]) => [word, [...all].map((language) => ({ language, weight: 1 / all.size }))]),
  )
}
