import type { Candidate } from '../compose/composer.port.ts'
import { spansOf } from '../compose/text/spans.ts'
import { contentOf, isFrame } from '../understand/content.ts'
import type { Question } from '../understand/understanding.port.ts'
import { words } from '../understand/words.ts'

/** What sends a thing away from the rule just told: `bikes have rules of their own`, `except gift cards`, `für Fahrräder gilt eine eigene Frist`. */
const SENDS_AWAY =
  /(?<![\p{L}])((?:rules?|periods?|terms|conditions|limits?) of (?:their|its) own|(?:have|has|with) (?:their|its) own (?:rules?|periods?|terms|conditions|limits?)|(?:own|other|different|separate|special) (?:rules?|periods?|terms|conditions) appl(?:y|ies)|except(?:ions?)?(?: are| is)?|excluding|(?:does|do) not apply to|are excluded|is excluded|eigenen? (?:regeln?|frist(?:en)?|bedingungen)|andere (?:regeln|fristen)|ausgenommen|außer|gilt nicht für|gelten nicht für)(?![\p{L}])/iu

/**
 * Whether the quoted words mention what the question is about only to say that another rule holds for it. Such a quote
 * answers the question about everything else, not this one. The subject counts as told where the stored question, the
 * title or another quoted sentence has it.
 */
export function sendsElsewhere({ text, language }: Question, { parts, passage }: Candidate): boolean {
  const keys = (told: string) => new Set(words(told, language).map(({ key }) => key))
  const subject = contentOf(text, language).filter((word) => !isFrame(word))
  const { question, title, headingPath } = passage.chunk
  const named = keys([question ?? '', title, ...headingPath].join('\n'))
  const quoted = parts
    .filter(({ kind }) => kind === 'quote')
    .map((part) => part.text)
    .join('\n')
  const sentences = spansOf(quoted).map(({ start, end }) => quoted.slice(start, end))
  const away = sentences.filter((sentence) => SENDS_AWAY.test(sentence))
  if (away.length === 0 || away.length === sentences.length) return false
  const told = keys(sentences.filter((sentence) => !away.includes(sentence)).join('\n'))
  const sent = keys(away.join('\n'))
  return subject.some(({ key }) => sent.has(key) && !told.has(key) && !named.has(key))
}
