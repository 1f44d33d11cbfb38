import { afterEach } from 'vitest'
import { type SupportBench, supportBench } from '../fixtures/support-bench.ts'
import { conversationContract } from './conversations.contract.ts'

let opened: SupportBench | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

conversationContract('postgres', async () => {
  opened = await supportBench()
  return opened
})
