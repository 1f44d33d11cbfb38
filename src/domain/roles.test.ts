import { expect, test } from 'vitest'
import { isAtLeast, ROLES } from './roles.ts'

test('each role may do what the ones before it may, and nothing of those after it', () => {
  const allowed = ROLES.map((role) => ROLES.filter((least) => isAtLeast(role, least)))
  expect(allowed).toEqual([
    ['viewer'],
    ['viewer', 'agent'],
    ['viewer', 'agent', 'approver'],
    ['viewer', 'agent', 'approver', 'admin'],
  ])
})
