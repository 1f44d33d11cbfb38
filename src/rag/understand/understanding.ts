import { answerTypeOf } from './answer-type.ts'
import { contentOf, denies } from './content.ts'
import { amongThese, completed } from './follow-up.ts'
import { intentOf, orderNumberIn, replyIn } from './intent.ts'
import { languageOf, speechOf } from './language.ts'
import { REGIONS } from './lexicon/regions.ts'
import { pointedAt } from './shown-products.ts'
import type { Language, Question, ReadingContext, Understanding } from './understanding.port.ts'
import { plainWord, words } from './words.ts'

// Longest text that is still read as a question; what lies behind it is kept in the transcript only.
const READ_LENGTH = 1_000

/** Understanding by rules and word lists (English and German). Never throws. */
export function understanding(): Understanding {
  return {
    read(typed: string, context: ReadingContext): Question {
      const asked = typed.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, READ_LENGTH)
      const language = languageOf(asked, context.locale)
      const order = context.order ?? null
      const intent = intentOf(asked, order, context.known ?? false)
      const named = orderNumberIn(asked)
      const knowledge = intent.route === 'knowledge'
      const among = knowledge ? amongThese(asked, context) : null
      const pointed = knowledge && !among ? pointedAt(asked, language, context) : null
      const full = pointed
        ? pointed.choices
          ? null
          : pointed.text
        : knowledge
          ? (among ?? completed(asked, language, context))
          : null
      const text = full ?? asked
      return {
        asked,
        text,
        language,
        speech: speechOf(asked, language, context.locale),
        intent,
        answerType: answerTypeOf(text),
        content: contentOf(text, language),
        negated: denies(text, language) && !/^(?:can't|don't|isn't|aren't|won't|doesn't|didn't)\b/i.test(text),
        browsing: BROWSING.test(text),
        // Without a number of its own a question about the order just told is about that one.
        orderNumber: named ?? (order && intent.route === 'order' && aboutThat(intent, asked) ? order : null),
        region: regionIn(text, language),
        reply: replyIn(asked),
        followUp: full !== null,
        choices: pointed?.choices ?? null,
      }
    },
  }
}

// `Where is my other order?` may be any of them.
const aboutThat = (intent: Question['intent'], text: string) =>
  intent.route === 'order' && !/\b(?:orders|other|another|all|bestellungen|andere[rsn]?)\b/i.test(text)

const BROWSING =
  /^(?:hi,? |hello,? |please )*(?:do you (?:have|sell|stock|carry)|have you got|show me|i(?:'m| am) looking for|looking for|what (?:kinds|types|sorts) of|recommend|suggest|list|habt ihr|verkauft ihr|führt ihr|zeig(?:t|e)? mir|ich suche)\b|^(?:which|what|welche) .+\b(?:do you (?:have|sell|stock|carry)|are there|habt ihr|verkauft ihr)\b/i

function regionIn(text: string, language: Language): string | null {
  for (const word of words(text, language)) {
    // `us` and `in` are small words in lower case; only as capitals are they countries.
    if (/^(?:us|eu|uk|usa)$/i.test(word.text) && word.text !== word.text.toUpperCase()) continue
    const code = REGIONS.get(plainWord(word.text))
    if (code) return code
  }
  return null
}
