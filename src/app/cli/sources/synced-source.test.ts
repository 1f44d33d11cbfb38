import { describe, expect, test } from 'vitest'
import { followed, type Source, sourceLine } from './synced-source.ts'

const counts = { read: 5, unchanged: 1, created: 2, updated: 1, retired: 1, rejected: 0 }
const source = (given: Partial<Source> = {}): Source => ({
  ...{
    id: 'src_1',
    name: 'feed',
    url: 'https://shop.example/feed.xml',
    nextAt: '2026-03-04T11:00:00.000Z',
    failures: 0,
  },
  lastSuccessAt: '2026-03-04T10:00:00.000Z',
  last: { at: '2026-03-04T10:00:00.000Z', outcome: 'imported', problem: null },
  import: { id: 'imp_1', status: 'done', problem: null, ...counts },
  ...given,
})
const away = { code: 'ingest.source.unreachable', message: 'Its server answered 500.' }
const shrunk = { code: 'mass_retirement', message: '6 of 10 are not in the file.' }

describe('a synced source is told as', () => {
  test.each([
    ['in step after an import', source(), 'in_step', 'in step: 5 read, 2 new, 1 changed, 1 retired, 1 unchanged'],
    [
      'in step when unchanged',
      source({ last: { at: '', outcome: 'unchanged', problem: null } }),
      'in_step',
      'in step, unchanged',
    ],
    ['not read yet', source({ last: null, import: null, lastSuccessAt: null }), 'new', 'last success never'],
    [
      'behind when away, its last import done',
      source({ last: { at: '', outcome: 'failed', problem: away } }),
      'behind',
      'behind: Its server answered 500.',
    ],
    [
      'behind when its import was refused, though unchanged since',
      source({
        last: { at: '', outcome: 'unchanged', problem: null },
        import: { id: 'imp_1', status: 'failed', problem: shrunk, ...counts },
      }),
      'behind',
      'behind: 6 of 10 are not in the file.',
    ],
    [
      'behind when rows were rejected',
      source({ import: { id: 'imp_1', status: 'done', problem: null, ...counts, rejected: 2 } }),
      'behind',
      '2 rows rejected, see import imp_1',
    ],
    [
      'being stored',
      source({ import: { id: 'imp_1', status: 'running', problem: null, ...counts } }),
      'storing',
      'being stored',
    ],
  ] as const)('%s', (_what, given, state, words) => {
    expect(followed(given)).toBe(state)
    expect(sourceLine(given)).toContain(words)
  })
})
