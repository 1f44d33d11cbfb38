/** What limits the rule before it, in English and German. Source: answers.md, "exceptions kept with the rule they limit". */
const LIMITS =
  /(?<![\p{L}])(except|excepting|unless|excluding|excluded|exclusions?|exceptions?|(?:does|do|did) not (?:apply|include|cover)|(?:doesn|don)['’]t (?:apply|include|cover)|not (?:eligible|applicable|covered|returnable|refundable)|however|this excludes|provided that|außer|ausgenommen|ausgeschlossen|ausnahmen?|gilt nicht|gelten nicht|es sei denn|sofern nicht|jedoch|nicht erstattungsfähig)(?![\p{L}])/iu
const LIMITING_HEADING =
  /^\W*(exceptions?|exclusions?|limitations?|restrictions?|what is not (?:covered|included)|not (?:covered|included|eligible|returnable)|ausnahmen?|ausschlüsse|einschränkungen)\b/i

/** Whether `text` opens with a limit to what was said before it (looks at its first sentence or so). */
export function limitsWhatCameBefore(text: string): boolean {
  return LIMITS.test(text.slice(0, 240))
}

/** Whether a section of this heading only makes sense beside the rule before it. */
export function isLimitingHeading(heading: string): boolean {
  return LIMITING_HEADING.test(heading)
}
