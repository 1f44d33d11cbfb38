import type { Candidate } from '../compose/composer.port.ts'

export type ClaimVerdict = {
  supported: boolean
  /** The first statement that no cited passage holds; null when all are held. */
  unsupported: string | null
}

/** Whether everything a candidate states stands in the passages it cites. */
export type ClaimCheck = { check(candidate: Candidate): ClaimVerdict }
