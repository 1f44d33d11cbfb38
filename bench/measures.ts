export type Measure = { value: number; unit: string; n: number; low?: number; high?: number }
/** `head` and `rows` are the same result as a table for people. */
export type BenchResult = { name: string; measures: Record<string, Measure>; head: string[]; rows: string[][] }
