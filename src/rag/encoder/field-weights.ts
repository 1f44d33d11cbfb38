/** In reading order: what stands before `attributes` is the passage's head. */
export const FIELD_NAMES = ['title', 'headings', 'question', 'aliases', 'body', 'attributes'] as const
export type FieldName = (typeof FIELD_NAMES)[number]

/**
 * BM25F: how much a word counts in each field, how strongly the field's length is normalised (0–1), and the length in words
 * that counts as typical. Typical lengths are constants, not averages of the shop's content, so that a passage's weights
 * never change when its neighbours do. Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), section 3.6.
 */
export const FIELDS: Record<FieldName, { weight: number; normalisation: number; typicalLength: number }> = {
  title: { weight: 1.4, normalisation: 0.3, typicalLength: 5 },
  headings: { weight: 1.2, normalisation: 0.3, typicalLength: 4 },
  question: { weight: 1.4, normalisation: 0.3, typicalLength: 7 },
  aliases: { weight: 1.5, normalisation: 0.3, typicalLength: 7 },
  body: { weight: 1, normalisation: 0.4, typicalLength: 60 },
  attributes: { weight: 0.8, normalisation: 0.5, typicalLength: 12 },
}

/** BM25's k1: the field-weighted frequency at which a word has half its full weight. */
export const SATURATION = 1.2
