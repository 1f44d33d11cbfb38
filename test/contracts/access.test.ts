import { afterEach } from 'vitest'
import { type SupportBench, supportBench } from '../fixtures/support-bench.ts'
import { accessContract } from './access.contract.ts'

let opened: SupportBench | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

accessContract('postgres', async () => {
  opened = await supportBench()
  return opened
})
