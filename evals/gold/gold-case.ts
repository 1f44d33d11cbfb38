import { createHash } from 'node:crypto'

/** One case of the `answers` suite, with the groups of documents it touches. */
export type GoldCase = {
  question: string
  expect: 'answer' | 'abstain'
  /** One of these must appear in a right answer. */
  answers: string[]
  /** Ids of the documents a right answer may cite. */
  documents: string[]
  tags: string[]
  /** Product lines and topics; cases that share one lie in the same half. */
  groups: string[]
}

export type DatasetRow = Omit<GoldCase, 'groups'> & { id: string }

/** A row whose id says what it is about and stays the same as long as its question does. */
export function datasetRow({ groups, ...gold }: GoldCase): DatasetRow {
  const mark = createHash('sha256').update(gold.question).digest('hex').slice(0, 8)
  const about = (groups[0] ?? 'none').toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return { id: `demo-shop/${about}/${gold.tags.at(-1)}/${mark}`, ...gold }
}
