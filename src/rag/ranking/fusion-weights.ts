export type FusionWeights = {
  /** Sum of BM25F weights over the best one's. */
  sparse: number
  /** Cosine above the shop's mean, over the best one's above it. */
  dense: number
  phrase: number
  coverage: number
  /** Added beside the others: how far the passage's title and headings are named in the question. */
  named: number
  /** Added beside the others: an article number or a full product name in the question. */
  exact: number
  /** What a passage's best neighbours in its own document count in its score. */
  family: number
  /** In a text of several sentences: what the sentence a passage suits best counts against the text as a whole. */
  part: number
}

/**
 * Provenance. Words to vector 0.35 to 0.65 as measured with the shipped model (models/purser-embed/README.md); it is not
 * fitted, because the demo shop's questions borrow their words from its content more than shoppers do, and fitting would
 * trust words too much. Within the words' 0.35 and for the rest: `node evals/fit-fusion.ts` on the calibration half of the
 * demo shop's questions (as they are, with misspellings, in pairs and inside a story), which gives a little more there than these
 * values; `family`, `part` and `phrase` were settled with the figures of bench/README.md in view.
 */
export const FUSION: FusionWeights = {
  sparse: 0.2,
  phrase: 0.05,
  coverage: 0.1,
  dense: 0.65,
  named: 0.3,
  exact: 0.3,
  family: 0.3,
  part: 0.5,
}
