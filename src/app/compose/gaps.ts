import type { Database } from '#db/database.ts'
import { postgresUnanswered } from '#db/reports/unanswered.postgres.ts'
import { isFrame } from '#rag/understand/content.ts'
import { understanding } from '#rag/understand/understanding.ts'
import type { Gaps, QuestionWords } from '#support/gaps/gaps.port.ts'
import { gaps } from '#support/gaps/gaps.ts'
import type { Previews } from '#support/preview/preview.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'

/** Unanswered questions, grouped by the words the assistant itself reads in a question. */
export function composeGaps(database: Database, previews: Previews, clock: Clock): Gaps {
  return gaps(postgresUnanswered(database), questionWords(), previews, clock)
}

/** Content words in base form; words of asking (`offer`, `possible`) count only where there are no others. */
export function questionWords(): QuestionWords {
  const reading = understanding()
  return (text, locale) => {
    const { content } = reading.read(text, { question: null, product: null, locale })
    const telling = content.filter((word) => !isFrame(word))
    return (telling.length > 0 ? telling : content).map(({ key }) => key)
  }
}
