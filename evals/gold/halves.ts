import { createHash } from 'node:crypto'
import type { GoldCase } from './gold-case.ts'

// Chosen so that both halves hold about as many questions of each kind.
const SALT = 'demo-shop half 2971'

export type Half = 'calibration' | 'test'

/**
 * Deals cases into two halves so that no group is in both: groups that meet in a case are joined,
 * and a joined set goes where the hash of its smallest name sends it.
 */
export function halves(cases: GoldCase[], salt = SALT): Record<Half, GoldCase[]> {
  const parents = new Map<string, string>()
  const rootOf = (group: string): string => {
    const parent = parents.get(group) ?? group
    return parent === group ? group : rootOf(parent)
  }
  for (const { groups } of cases)
    for (const group of groups) {
      const [one, other] = [rootOf(groups[0] as string), rootOf(group)].sort() as [string, string]
      parents.set(other, one)
    }
  const dealt: Record<Half, GoldCase[]> = { calibration: [], test: [] }
  for (const gold of cases) dealt[halfOf(rootOf(gold.groups[0] as string), salt)].push(gold)
  return dealt
}

function halfOf(name: string, salt: string): Half {
  const [byte = 0] = createHash('sha256').update(`${salt} ${name}`).digest()
  return byte % 2 === 0 ? 'calibration' : 'test'
}
