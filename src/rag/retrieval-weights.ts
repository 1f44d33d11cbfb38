/**
 * What each feature counts in the fused score. Provenance: 0.35 words to 0.65 vector as measured with the shipped model
 * (models/purser-embed/README.md); the rest untuned.
 */
export const FUSION = {
  sparse: 0.35,
  dense: 0.65,
  phrase: 0,
  coverage: 0,
  head: 0,
  /** Added for an article number or a full product name in the question. */
  exact: 0.3,
}

/** In a text of several sentences, what the sentence a passage suits best counts against the text as a whole. Untuned. */
export const PART_SHARE = 0.5
