import type { JournalStore } from '#db/approvals/journal/journal.port.ts'
import type { LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { authorise } from './journal/authorise.ts'
import { begin } from './journal/begin.ts'
import { record } from './journal/record.ts'
import { compensate, undo } from './journal/undo.ts'
import type { Journal } from './journal.port.ts'

/** The journal over the store. docs/approvals.md says what every instant of an action means. */
export function journal(cases: LockedCases, store: JournalStore, clock: Clock, ids: Ids): Journal {
  return {
    authorise: (shop, caseId, hash, signal) => authorise(cases, ids, shop, caseId, hash, signal),
    begin: (shop, id, signal) => begin(cases, shop, id, signal),
    record: (shop, id, outcome, signal) => record(cases, shop, id, outcome, signal),
    async verified(shop, id, shows, signal) {
      const caseId = await cases.caseOfAction(shop, id, signal)
      if (!caseId) return
      await cases.inCase(shop, caseId, signal, async (one) => {
        await one.setAction(id, { shows })
        one.note({ by: PURSER, what: shows ? 'action_verified' : 'action_not_seen', subject: id, details: {} })
      })
    },
    ofCase: (shop, caseId, signal) => store.ofCase(shop, caseId, signal),
    load: (shop, id, signal) => store.load(shop, id, signal),
    compensate: (shop, proposal, why, signal) => compensate(cases, ids, shop, proposal, why, signal),
    undo: (shop, id, by, signal) => undo(cases, ids, shop, id, by, signal),
    unsettled: (shop, now, limit, signal) => store.unsettled(shop, now, limit, signal),
    ready: (shop, now, limit, signal) => store.ready(shop, now, limit, signal),
    releaseSenders: (shop, signal) => store.releaseSenders(shop, clock.now(), signal),
  }
}
