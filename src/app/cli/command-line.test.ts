import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { refusal } from './client.ts'
import { keepRejected } from './import-documents.ts'

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

test('rejected rows are written to a file, and where they are is said when that cannot be', async () => {
  const { signal } = new AbortController()
  const folder = mkdtempSync(join(tmpdir(), 'purser-rejected-'))
  const server = createServer((_request, response) => response.end('id\nbad\n'))
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  try {
    const keys = { publicKey: '', identitySecret: '', ingestKey: 'sk', eventsKey: '', adminKey: '' }
    const client = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys }
    await keepRejected(client, 'imp_1', join(folder, 'bad.csv'), signal)
    expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toBe('id\nbad\n')
    await expect(keepRejected(client, 'imp_1', join(folder, 'none', 'bad.csv'), signal)).rejects.toMatchObject({
      code: 'app.import.rejected_file',
      message: expect.stringContaining('/v1/imports/imp_1/rejected'),
    })
  } finally {
    rmSync(folder, { recursive: true })
    server.closeAllConnections()
    server.close()
  }
})
