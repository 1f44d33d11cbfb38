import { z } from 'zod'

export const Call = z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) })
export const Changes = z.object({
  orders: z.record(z.string(), z.record(z.string(), z.unknown())),
  users: z.record(z.string(), z.record(z.string(), z.unknown())),
})
export type Call = z.infer<typeof Call>
export type Changes = z.infer<typeof Changes>
