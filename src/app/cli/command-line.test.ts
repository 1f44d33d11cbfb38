import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { refusal } from './client.ts'

const MAIN = resolve(import.meta.dirname, '../../main.ts')
const command = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    )
  })

describe('a command', () => {
  test.each(['start', 'ask', 'import', 'sync', 'keys', 'operators', 'doctor', 'policy', 'rejections', 'audit:verify'])(
    '%s tells its usage when it is asked for help, which is no failure, and on what it does not know, which is one',
    async (name) => {
      expect(await command(name, '--help')).toEqual({ code: 0, out: expect.stringContaining('npm'), err: '' })
      const wrong = await command(name, '--nonsense')
      expect([wrong.code, wrong.out]).toEqual([1, ''])
      expect(wrong.err).toContain("Unknown option '--nonsense'.\nUsage: npm")
    },
  )

  test('that is none names those there are', async () => {
    expect(await command('imprt')).toMatchObject({ code: 2, err: expect.stringContaining('import') })
  })
})

test('a refusal names the places that are wrong', () => {
  const body = {
    code: 'api.request.invalid',
    detail: 'Not read.',
    errors: [{ path: 'query.currency', message: 'Too long' }],
  }
  expect(refusal(400, JSON.stringify(body))).toMatchObject({
    code: 'api.request.invalid',
    message: 'Not read.\n  query.currency: Too long',
  })
  expect(refusal(502, '<html>')).toMatchObject({ code: 'app.cli.refused', message: 'The server answered 502.' })
})
