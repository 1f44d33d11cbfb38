import { afterEach } from 'vitest'
import { type SupportBench, supportBench } from '../fixtures/support-bench.ts'
import { replyMailContract } from './reply-mails.contract.ts'

let opened: SupportBench | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

replyMailContract('postgres', async () => {
  opened = await supportBench()
  return opened
})
