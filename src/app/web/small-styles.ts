import { readFile } from 'node:fs/promises'
import { type Plugin, transform } from 'esbuild'

/** A stylesheet as a tagged template without values in it. */
const STYLES = /\bcss`([^`$\\]*)`/g

/** Minifies styles that stand in scripts as ``css`…` ``, which the bundler itself leaves as they are written. */
export function smallStyles(): Plugin {
  return {
    name: 'small-styles',
    setup({ onLoad }) {
      onLoad({ filter: /\/styles\/[\w-]+\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8')
        const found = [...source.matchAll(STYLES)]
        const small = await Promise.all(
          found.map(([, sheet = '']) => transform(sheet, { loader: 'css', minify: true })),
        )
        let at = 0
        const contents = source.replace(STYLES, () => `css\`${(small[at++]?.code ?? '').trim()}\``)
        return { contents, loader: 'ts' }
      })
    },
  }
}
