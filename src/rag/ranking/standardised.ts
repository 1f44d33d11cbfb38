/** Standard deviations from the one that counts 0 to the one that counts 1, and where they begin. */
const SPREAD = 5
const BELOW = 1

/** How far each value stands out among all, 0–1: so many standard deviations above their mean; null stays null. */
export function standardised(values: (number | null)[]): (number | null)[] {
  const known = values.filter((value) => value !== null)
  const centre = known.reduce((sum, value) => sum + value, 0) / known.length
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - centre) ** 2, 0) / known.length)
  return values.map((value) =>
    value === null ? null : clamp(((value - centre) / (deviation + 1e-6) + BELOW) / SPREAD),
  )
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
