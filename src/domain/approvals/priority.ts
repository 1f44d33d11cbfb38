import { decimalsOf, type Money } from '../money.ts'
import type { Priority } from './case.ts'

const HOUR = 3_600_000
/** Points: for the greatest risk, for each power of ten of money, an hour of age, an hour less to the deadline. Published in docs/approvals.md. */
export const POINTS = { risk: 100, money: 20, age: 1, timeLeft: 2 }
/** The moment stored ranks are computed for. Any would do, since every open case gains the same points an hour. */
const EPOCH = new Date('2026-01-01T00:00:00.000Z')

export type Weighed = { risk: number; atStake: Money | null; openedAt: Date; dueBy: Date }

/** What a case counts at `now`: risk (0–1) × 100, 20 × log10(1 + money in whole units), 1 an hour of age, −2 an hour that is left (so + when overdue). */
export function priorityOf({ risk, atStake, openedAt, dueBy }: Weighed, now: Date): Priority {
  const units = atStake ? atStake.amount / 10 ** decimalsOf(atStake.currency) : 0
  const parts = {
    risk: POINTS.risk * risk,
    money: POINTS.money * Math.log10(1 + Math.max(0, units)),
    age: (POINTS.age * (now.getTime() - openedAt.getTime())) / HOUR,
    timeLeft: (-POINTS.timeLeft * (dueBy.getTime() - now.getTime())) / HOUR,
  }
  return { score: parts.risk + parts.money + parts.age + parts.timeLeft, ...parts }
}

/** The score at one fixed moment. Two cases stand in this order at every moment, so an index can hold it. */
export function rankOf(weighed: Weighed): number {
  return priorityOf(weighed, EPOCH).score
}
