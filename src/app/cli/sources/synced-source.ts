type Problem = { code: string; message: string }
/** What the commands read of GET /v1/sources. */
export type Source = {
  id: string
  name: string
  url: string
  nextAt: string
  lastSuccessAt: string | null
  failures: number
  last: { at: string; outcome: 'imported' | 'unchanged' | 'failed'; problem: Problem | null } | null
  import: ({ id: string; status: 'running' | 'done' | 'failed' | 'cancelled'; problem: Problem | null } & Counts) | null
}
type Counts = Record<'read' | 'unchanged' | 'created' | 'updated' | 'retired' | 'rejected', number>

/** Whether the shop has what the file has: `in_step`, `storing` what was read, `behind` with a reason, or `new` and never read. */
export function followed({ last, import: made }: Source): 'in_step' | 'storing' | 'behind' | 'new' {
  if (!last) return 'new'
  if (last.outcome === 'failed') return 'behind'
  if (made?.status === 'running') return 'storing'
  return made?.status === 'done' && made.rejected === 0 ? 'in_step' : 'behind'
}

/** A source as one line of a terminal. */
export function sourceLine(source: Source): string {
  const { name, url, lastSuccessAt, nextAt, last, import: made } = source
  const problem = last?.problem ?? made?.problem
  const rejected = made?.rejected ? `${made.rejected} rows rejected, see import ${made.id}` : null
  const words = {
    in_step: last?.outcome === 'unchanged' ? 'in step, unchanged' : `in step: ${made ? counted(made) : ''}`,
    storing: 'being stored',
    behind: `behind: ${problem?.message ?? rejected ?? made?.status ?? ''}`,
    new: 'not read yet',
  }[followed(source)]
  return `${name}  ${words}  (last success ${lastSuccessAt ?? 'never'}, next ${nextAt}, ${url})`
}

function counted({ read, created, updated, retired, unchanged }: Counts): string {
  return `${read} read, ${created} new, ${updated} changed, ${retired} retired, ${unchanged} unchanged`
}
