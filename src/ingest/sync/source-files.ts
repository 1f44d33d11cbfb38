import type { SourceFiles } from './source-file.port.ts'

/** Files of this machine by `file:`, all others by the network. */
export function sourceFiles(local: SourceFiles, remote: SourceFiles): SourceFiles {
  const of = (url: string) => (/^file:/i.test(url) ? local : remote)
  return {
    problemOf: (url) => of(url).problemOf(url),
    open: (url, known, signal) => of(url).open(url, known, signal),
  }
}
