/** Whether PostgreSQL can keep the text as it is: no NUL, no half of a surrogate pair (which would be stored as another character). */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
