import { expect, test } from 'vitest'
import { Fault } from '#domain/fault.ts'
import { readConfig } from './config.ts'

const faultOf = (environment: Record<string, string>) => {
  try {
    readConfig(environment)
  } catch (error) {
    return error instanceof Fault ? error : null
  }
  return null
}

test('names the nearest setting when one of ours is misspelt', () => {
  expect(faultOf({ PURSER_DTA: '/tmp/x' })).toMatchObject({
    code: 'config.setting.unknown',
    message: 'Unknown setting PURSER_DTA. Did you mean PURSER_DATA?',
  })
})

test('takes a near miss of a long name without our prefix for a misspelt setting', () => {
  expect(faultOf({ REDIS_ULR: 'redis://127.0.0.1' })?.message).toContain('REDIS_URL')
})

test('leaves the rest of the environment alone', () => {
  expect(faultOf({ HOME: '/root', PATH: '/bin', SORT: '1', PORTS: '2', NODE_DIR: 'x' })).toBeNull()
})

test('says which setting cannot be used and what it is for', () => {
  const fault = faultOf({ PORT: '99999' })
  expect(fault?.code).toBe('config.setting.invalid')
  expect(fault?.message).toContain('Setting PORT')
  expect(fault?.message).toContain('Port of the HTTP server')
})

test('gives defaults where nothing is set, and an empty value counts as nothing', () => {
  expect(readConfig({ PORT: '' })).toMatchObject({ PORT: 8787, PURSER_HOST: '127.0.0.1', PURSER_DEMO: true })
})

test('reads flags and lists', () => {
  expect(
    readConfig({ PURSER_DEMO: '0', PURSER_ALLOWED_ORIGINS: 'https://a.example, https://b.example' }),
  ).toMatchObject({
    PURSER_DEMO: false,
    PURSER_ALLOWED_ORIGINS: ['https://a.example', 'https://b.example'],
  })
})
