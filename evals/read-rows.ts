import { z } from 'zod'
import { UnusableInput } from './suite.ts'

/** Where and for whom a case is asked; a shopper's session says this. */
export const CaseAudience = z
  .object({ locale: z.string(), region: z.string(), channel: z.string(), audience: z.string() })
  .partial()
  .optional()

/** Every row as `schema` reads it. Throws UnusableInput with the line of the first one that is none. */
export function readRows<T extends z.ZodType>(schema: T, rows: { line: number; value: unknown }[]): z.infer<T>[] {
  return rows.map(({ line, value }) => {
    const read = schema.safeParse(value)
    if (read.success) return read.data
    const [issue] = read.error.issues
    throw new UnusableInput(`line ${line}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is no case'}`)
  })
}
