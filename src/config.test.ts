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

const MAIL_FROM = { PURSER_MAIL_FROM: 'help@shop.example' }

test.each([
  ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, tls: 'offered', login: null }],
  ['smtps://mail.example', { host: 'mail.example', port: 465, secure: true, tls: 'offered', login: null }],
  [
    'smtp://a%40b:p%2Fw@mail.example:2525',
    { host: 'mail.example', port: 2525, secure: false, tls: 'required', login: { user: 'a@b', password: 'p/w' } },
  ],
  ['smtp://u:p@localhost:25', { tls: 'offered' }],
  ['smtp://u:p@[::1]:25', { host: '::1', tls: 'offered' }],
  ['smtp://u:p@mail.example?tls=offered', { tls: 'offered' }],
])('reads the mail server %s, and lets a password over no network in clear text unasked', (address, server) => {
  expect(readConfig({ PURSER_SMTP_URL: address, ...MAIL_FROM }).PURSER_SMTP_URL).toMatchObject(server)
})

test.each([
  'http://u:hunter2@mail.example',
  'smtp://u:hunter2@',
  'smtp://u:hunter2@mail.example/inbox',
  'smtp://u:hunter2@mail.example?tls=maybe',
  'smtp://u:hunter2@mail.example?ssl=1',
  'smtp://u:hunter2%zz@mail.example',
  'hunter2',
])('refuses %s as a mail server without repeating it', (address) => {
  const fault = faultOf({ PURSER_SMTP_URL: address, ...MAIL_FROM })
  expect(fault).toMatchObject({ code: 'config.setting.invalid' })
  expect(`${fault?.message} ${fault?.cause}`).toMatch(/PURSER_SMTP_URL/)
  expect(`${fault?.message} ${fault?.cause}`).not.toContain('hunter2')
})

test('reads a sender with and without a name, and no mail server goes without one', () => {
  const from = (text: string) => readConfig({ PURSER_MAIL_FROM: text }).PURSER_MAIL_FROM
  expect(from('help@shop.example')).toEqual({ name: '', address: 'help@shop.example' })
  expect(from('Käthe & Co <help@shop.example>')).toEqual({ name: 'Käthe & Co', address: 'help@shop.example' })
  for (const text of ['help', '<help@shop.example', 'a@b.example, c@d.example', 'A\r\nBcc: x <a@b.example>'])
    expect(faultOf({ PURSER_MAIL_FROM: text })).toMatchObject({ code: 'config.setting.invalid' })
  expect(faultOf({ PURSER_SMTP_URL: 'smtp://mail.example' })?.message).toContain('PURSER_MAIL_FROM')
})
