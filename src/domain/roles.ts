/** What an operator may do, least first: each role may do everything the ones before it may. */
export const ROLES = ['viewer', 'agent', 'approver', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Whether `role` is `least` or more. */
export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least)
}
