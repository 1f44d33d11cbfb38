import type { FindingKind, StoredFinding } from '#db/findings/findings.port.ts'

type Explained = Pick<StoredFinding, 'documents' | 'documentCount' | 'detail' | 'quotes'>

/** What was seen, and what a person can do about it. */
export function explain(finding: Explained & { kind: FindingKind }): { why: string; todo: string } {
  return WORDS[finding.kind](finding)
}

const LANGUAGES: Record<string, string> = { en: 'English', de: 'German' }

const KINDS: Record<string, string> = {
  number: 'numbers',
  boolean: 'yes or no',
  measure: 'measures of one kind',
  money: 'amounts of one currency',
}

const WORDS: Record<FindingKind, (finding: Explained) => { why: string; todo: string }> = {
  missing_description: ({ documents }) => ({
    why: `“${title(documents)}” has no description beyond its title, so questions about it can be answered from its attributes alone.`,
    todo: 'Write what it is for, what is special about it and what comes with it.',
  }),
  supplier_copy: ({ documentCount }) => ({
    why: `${documentCount} different products have the same description, so none of them can be told from the others by it.`,
    todo: 'Describe each in its own words, or make them variants of one product.',
  }),
  exact_duplicate: ({ documentCount }) => ({
    why: `The same text stands in ${documentCount} documents. A change in one leaves the others as they were.`,
    todo: 'Keep one of them and retire the others, or link to it.',
  }),
  near_duplicate: ({ documentCount, detail }) => ({
    why: `${documentCount} documents have passages that are nearly the same (at least ${percent(detail.likeness)} of their wording).`,
    todo: 'Check what differs; if nothing should, keep one of them.',
  }),
  boilerplate: ({ documents, detail }) => ({
    why: `The same sentence stands on ${percent(detail.share)} of the pages of this kind in the source. ${
      detail.leftOut === 1
        ? `Search and answers have it from “${title(documents)}” alone and leave it out of the others.`
        : 'It names a number, a condition or an answer, so it is kept wherever it stands, and dilutes what is special there.'
    }`,
    todo: 'Leave it out of what is imported, for example by sending the main content of the page alone; say what holds for everything on one page.',
  }),
  contradiction: ({ documentCount, detail }) => ({
    why:
      documentCount === 1
        ? `The text and the fields of the product do not agree (${detail.topic}).`
        : `${documentCount} documents state different values for the ${detail.topic}: ${detail.values}.`,
    todo: 'Find out which is right and correct the other; shoppers are quoted whichever is found first.',
  }),
  empty_attribute: ({ documentCount, detail }) => ({
    why: `“${detail.attribute}” stands in ${documentCount} ${documentCount === 1 ? 'product' : 'products'} without a value, so a question about it cannot be answered from there.`,
    todo: 'Fill it in, or leave the attribute out.',
  }),
  mixed_attribute: ({ documentCount, detail }) => ({
    why: `Nearly all values of “${detail.attribute}” in this source are ${KINDS[String(detail.usual).split(' ')[0] ?? ''] ?? 'of one kind'}; ${documentCount} ${documentCount === 1 ? 'is' : 'are'} not, so filters and comparisons leave ${documentCount === 1 ? 'it' : 'them'} out.`,
    todo: 'Write the value as the others are written, with a unit where they have one.',
  }),
  orphan_category: ({ documentCount, detail }) =>
    detail.category === undefined
      ? {
          why: `${documentCount} ${documentCount === 1 ? 'product has' : 'products have'} no category.`,
          todo: 'Give every product one, so that lists and comparisons have it.',
        }
      : {
          why: `The category “${detail.category}” has one product. It may be a slip of the pen for another category.`,
          todo: 'Check its spelling, or move the product.',
        },
  past_review: ({ documents, detail }) => ({
    why:
      detail.why === 'valid_until'
        ? `“${title(documents)}” was valid until ${detail.since}.`
        : `“${title(documents)}” was changed last on ${detail.since}; its source wants to be looked at every ${detail.maxAgeDays} days.`,
    todo: 'Check whether it still holds; then change its date, or retire it.',
  }),
  language_mismatch: ({ documents, detail }) => ({
    why: `“${title(documents)}” is declared as ${detail.declared}, but its text is ${LANGUAGES[detail.language ?? ''] ?? detail.language}.`,
    todo: 'Correct the locale, or send the text in that language.',
  }),
}

const title = ([first]: Explained['documents']) => first?.title ?? ''
const percent = (share: string | number | undefined) => `${Math.round(Number(share ?? 0) * 100)} %`
