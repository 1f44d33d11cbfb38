const BAR_WIDTH = 28

/** One line to standard output. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** One line to standard error. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

export type Bar = { show(share: number | null, note: string): void; done(): void }

/** A progress bar redrawn in place on a terminal; elsewhere a plain line whenever another tenth is done. `share` is 0–1, null when unknown. */
export function progressBar(label: string, stream: NodeJS.WriteStream = process.stderr): Bar {
  let lastTenth = -1
  return {
    show(share, note) {
      const tenth = Math.floor((share ?? 0) * 10)
      if (stream.isTTY) {
        const filled = Math.round((share ?? 0) * BAR_WIDTH)
        const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`
        stream.write(`\r\u001b[2K${label} ${bar} ${share === null ? '' : `${Math.round(share * 100)} % `}${note}`)
      } else if (tenth > lastTenth)
        stream.write(`${label} ${share === null ? '' : `${Math.round(share * 100)} % `}${note}\n`)
      lastTenth = Math.max(lastTenth, tenth)
    },
    done() {
      if (stream.isTTY) stream.write('\n')
    },
  }
}
