import { describe, expect, test } from 'vitest'
import { type CaseAnswer, doneInstead } from './done-instead.ts'

const at = (hour: number) => `2026-03-20T${String(hour).padStart(2, '0')}:00:00.000Z`
const action = (id: string, kind: string, changes: object = {}) => ({
  ...{ id, kind, args: { of: id }, status: 'succeeded', undoOf: null },
  ...changes,
})
const actions = [
  action('act_1', 'hold_order'),
  action('act_2', 'credit'),
  action('act_3', 'refund'),
  action('act_4', 'notify_customer', { status: 'failed' }),
  action('act_5', 'reship', { status: 'undone' }),
  action('act_6', 'refund', { undoOf: 'act_5' }),
] as CaseAnswer['actions']
const authorised = (hour: number, ...ids: string[]) => ({ at: at(hour), what: 'authorised', details: { actions: ids } })
const items = [
  authorised(8, 'act_1'),
  { at: at(9), what: 'rejected', details: {} },
  authorised(10, 'act_2'),
  { at: at(11), what: 'rejected', details: {} },
  authorised(12, 'act_3', 'act_4', 'act_5', 'act_6'),
  { at: at(13), what: 'action_succeeded', details: {} },
]

describe('what was done instead of what was refused', () => {
  test('is what succeeded afterwards, not what was done before', () => {
    expect(doneInstead({ actions }, { items }, { after: at(11), before: null })).toEqual([
      { kind: 'refund', args: { of: 'act_3' } },
    ])
  })

  test('ends with the next refusal', () => {
    const between = { after: at(9), before: at(11) }
    expect(doneInstead({ actions }, { items }, between)).toEqual([{ kind: 'credit', args: { of: 'act_2' } }])
  })

  test('is nothing where nothing followed', () => {
    expect(doneInstead({ actions }, { items }, { after: at(12), before: null })).toEqual([])
    expect(doneInstead({ actions }, { items: [] }, { after: at(1), before: null })).toEqual([])
  })
})
