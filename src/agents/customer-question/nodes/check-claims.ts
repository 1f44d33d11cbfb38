import type { ClaimCheck } from '#rag/claims/claim-check.port.ts'
import type { QuestionState } from '../state.ts'

/** Drops every answer that states something its passages do not. */
export function checkClaims(claims: ClaimCheck) {
  return ({ composition, progress }: QuestionState) => {
    progress('checking')
    const candidates = composition.candidates.filter((candidate) => claims.check(candidate).supported)
    return { composition: { ...composition, candidates } }
  }
}
