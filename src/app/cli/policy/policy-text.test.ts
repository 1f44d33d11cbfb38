import { expect, test } from 'vitest'
import { carefulPolicy } from '#approvals/policy/default-policy.ts'
import { policyText, readPolicyText } from './policy-text.ts'

const problemsOf = (text: string) => {
  try {
    readPolicyText(text)
    return []
  } catch (error) {
    return (error as { errors: { path: string; message: string }[] }).errors
  }
}
const text = policyText(carefulPolicy())
const lineOf = (part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1

test('a policy is the same after it was written as YAML and read again', () => {
  expect(readPolicyText(text)).toEqual(carefulPolicy())
  expect(readPolicyText(JSON.stringify(carefulPolicy()))).toEqual(carefulPolicy())
})

test('what is wrong is named with its path and line', () => {
  expect(problemsOf(text.replace('remindAt: 0.5', 'remindAt: half'))).toEqual([
    { path: 'deadlines.remindAt', message: expect.stringContaining(`line ${lineOf('remindAt')}:`) },
  ])
  expect(problemsOf(text.replace(/^undo:\n.*\n.*\n/m, ''))).toMatchObject([{ path: 'undo' }])
  expect(problemsOf('limits: [1, 2')).toEqual([{ path: '', message: expect.stringContaining('line 1') }])
  expect(problemsOf(text.replace('per: customer', 'per: person'))).toEqual([
    { path: 'budgets.0.per', message: expect.stringContaining(`line ${lineOf('per: customer')}:`) },
  ])
})

test('a text that grows without end when it is read is refused', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghi'.split('').map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[n]}`).join(', ')}]`),
  ]
  expect(() => readPolicyText(bomb.join('\n'))).toThrow()
})
