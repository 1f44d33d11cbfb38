/** A text as a cell of a Markdown table: a line break would end its row, a bar its cell. */
export function tableCell(text: string): string {
  return text.replace(/\s*[\n\r]\s*/g, ' ').replaceAll('|', '\\|')
}
