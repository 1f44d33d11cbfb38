import type { AnswerOption, HandoffReason } from '#domain/answer.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'

/** What is understood by rules and word lists. */
export type Language = 'en' | 'de'
/** What the assistant has words of its own in: the languages of the widget. */
export type Speech = Language | 'fr' | 'es' | 'it' | 'nl' | 'pl' | 'ar'

/** What kind of thing would answer the question. `open`: nothing in particular. */
export type AnswerType =
  | 'duration'
  | 'money'
  | 'time'
  | 'place'
  | 'person'
  | 'count'
  | 'yes_no'
  | 'procedure'
  | 'definition'
  | 'reason'
  | 'open'

/** Where the question goes. A `person` intent says why a person is needed. */
export type Intent =
  | { route: 'knowledge' }
  | { route: 'order'; asks: 'status' | 'change' }
  /** Tells that something went wrong with an order of theirs. */
  | { route: 'order'; asks: 'report'; type: ExceptionType }
  /** Asks what became of what they reported. */
  | { route: 'order'; asks: 'report_state' }
  | { route: 'smalltalk'; kind: 'greeting' | 'thanks' | 'goodbye' | 'about' }
  /** No word at all. */
  | { route: 'unreadable' }
  | { route: 'person'; reason: HandoffReason; cue: string }
  /** Text that orders the assistant about instead of asking the shop. Data, never followed. */
  | { route: 'refuse' }

/** One word that carries meaning. `name`: a proper name, code or number, which no other may stand in for. */
export type ContentWord = { text: string; key: string; name: boolean }

export type Question = {
  /** What was typed. */
  asked: string
  /** What is looked for: the same, or completed from the turns before. */
  text: string
  language: Language
  /** What the shopper writes in, or the session's language where that cannot be told: what they are spoken to in. */
  speech: Speech
  intent: Intent
  answerType: AnswerType
  content: ContentWord[]
  /** `What did they not …`, `ohne`. */
  negated: boolean
  /** Asks for a list of products rather than a fact. */
  browsing: boolean
  /** As typed, upper case, without a leading `#`. */
  orderNumber: string | null
  /** ISO 3166 code, or `EU`. */
  region: string | null
  /** The whole text says yes, or no, and nothing else. */
  reply: 'yes' | 'no' | null
  /** Completed from an earlier turn. */
  followUp: boolean
  /** It is about one of several products shown before, and nobody can tell which: what to offer. */
  choices: AnswerOption[] | null
}

/** A product shown with an answer, and what a shopper may tell it from the others by. `measures` as its listing names them, the price too. */
export type ShownProduct = {
  title: string
  traits: string[]
  measures: Record<string, { value: number; unit: string }>
}

/** What earlier turns left behind; stored as plain JSON with the conversation. */
export type Remembered = {
  question: string | null
  /** Title of the product the last answer was about. */
  product: string | null
  /** The question behind the last list of products, for `which of these …`. */
  list?: string | null
  /** Titles of the two products compared last. */
  pair?: string[]
  /** The products of the last list or comparison, in their order; the one spoken of since is `product`. */
  shown?: ShownProduct[]
  /** Whether the turn before ended in a question back. */
  clarified?: boolean
  /** The order told last, as long as nothing else was spoken of. */
  order?: string | null
}

/**
 * `locale` (BCP 47) is the session's: it settles texts too short to tell their language; null when none is known. `known`: the
 * session has an order that is proven to be theirs.
 */
export type ReadingContext = Remembered & { locale: string | null; known?: boolean }

/** Reads a shopper's text by rules and word lists: no model, the same text always gives the same question. */
export type Understanding = {
  read(text: string, context: ReadingContext): Question
}
