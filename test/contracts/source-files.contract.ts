import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SourceFile, SourceFiles } from '#ingest/sync/source-file.port.ts'

/** A file outside that the test writes; `url` is its address, `elsewhere` one with nothing there, `forbidden` one nobody is sent to. */
export type SourceFilesBench = {
  files: SourceFiles
  url: string
  elsewhere: string
  forbidden: string
  write(text: string): Promise<void>
  close(): Promise<void>
}

/** What every connector to files of a shop must do; `open` gives each test one with a file `feed.csv`. */
export function sourceFilesContract(adapter: string, open: () => Promise<SourceFilesBench>) {
  describe(`SourceFiles contract: ${adapter}`, () => {
    const { signal } = new AbortController()
    let bench: SourceFilesBench
    beforeEach(async () => {
      bench = await open()
    })
    afterEach(() => bench.close())
    const ask = (seen: string | null, url = bench.url, aborting = signal) =>
      bench.files.open(url, { seen, site: null }, aborting)
    const read = async (file: SourceFile) => {
      if (file.outcome !== 'file') throw new Error('there is no file')
      return { text: (await buffer(file.body)).toString(), format: file.format, seen: file.seen }
    }

    test('gives the file whole, tells its format, and says that it is unchanged until it changes', async () => {
      await bench.write('id,title\n1,One\n')
      const first = await read(await ask(null))
      expect(first).toMatchObject({ text: 'id,title\n1,One\n', format: 'csv', seen: expect.any(String) })
      expect(await ask(first.seen)).toEqual({ outcome: 'unchanged' })
      await bench.write('id,title\n1,Another\n')
      const second = await read(await ask(first.seen))
      expect(second.text).toBe('id,title\n1,Another\n')
      expect(second.seen).not.toBe(first.seen)
      expect(await ask(second.seen)).toEqual({ outcome: 'unchanged' })
    })

    test('reads the file also when it is unchanged and nothing is said to have been seen', async () => {
      await bench.write('id\n1\n')
      await read(await ask(null))
      expect((await read(await ask(null))).text).toBe('id\n1\n')
    })

    test('tells in a sentence what is wrong where there is no file, or where nobody is sent', async () => {
      for (const url of [bench.elsewhere, bench.forbidden])
        await expect(ask(null, url)).rejects.toMatchObject({
          kind: 'user',
          code: expect.stringMatching(/^ingest\.source\.(refused|forbidden)$/),
          message: expect.stringMatching(/^[A-Z].*\.$/),
        })
    })

    test('says before it is asked for that an address cannot be one, without asking anybody', () => {
      expect(bench.files.problemOf(bench.url)).toBeNull()
      for (const url of ['', 'feed.csv', 'gopher://shop.example/feed.csv'])
        expect(bench.files.problemOf(url)).toMatch(/^[A-Z].*\.$/)
    })

    test('ends with the reason when it was given up', async () => {
      await bench.write('id\n1\n')
      const reason = new Error('given up')
      const reading = (async () => read(await ask(null, bench.url, AbortSignal.abort(reason))))()
      await expect(reading).rejects.toSatisfy((error) => error === reason || (error as Error).name === 'AbortError')
    })
  })
}
