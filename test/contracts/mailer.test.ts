import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileOutbox } from '../../src/support/mail/mailer.file.ts'
import { smtpMailer } from '../../src/support/mail/mailer.smtp.ts'
import { movableClock } from '../fakes/movable-clock.ts'
import { mailServer } from '../fixtures/mail-server.ts'
import { mailerContract } from './mailer.contract.ts'

mailerContract('file outbox', async () => {
  const root = await mkdtemp(join(tmpdir(), 'purser-outbox-'))
  const folder = join(root, 'outbox')
  return {
    mailer: fileOutbox(folder, movableClock()),
    async delivered() {
      const names = await readdir(folder).catch(() => [])
      return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
    },
    fail: () => writeFile(folder, 'in the way'),
    recover: () => rm(folder),
    close: () => rm(root, { recursive: true, force: true }),
  }
})

mailerContract('SMTP', async () => {
  const server = await mailServer({ disabledCommands: ['STARTTLS'] })
  return {
    mailer: smtpMailer({
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      tls: 'offered',
      login: null,
      from: { name: 'Shop', address: 'help@shop.example' },
    }),
    delivered: async () => server.received.map(({ raw }) => raw),
    fail: async () => server.behave({ rcpt: 451 }),
    recover: async () => server.behave({}),
    close: () => server.close(),
  }
})
