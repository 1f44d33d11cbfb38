import { afterEach } from 'vitest'
import { type SupportBench, supportBench } from '../fixtures/support-bench.ts'
import { timerContract } from './handoff-timers.contract.ts'

let opened: SupportBench | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

timerContract('postgres', async () => {
  opened = await supportBench()
  return opened
})
