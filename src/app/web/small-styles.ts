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
          found.map(([, sheet = '']) => transform(sheet, { loader: 'css', minify: true, charset: 'utf8' })),
        )
        let at = 0
        const contents = source.replace(STYLES, () => `css\`${inTemplate(small[at++]?.code ?? '')}\``)
        return { contents, loader: 'ts' }
      })
    },
  }
}

/** An escape of CSS (`\25b8`) is none of JavaScript, and a tag is given `undefined` instead of the whole sheet. */
function inTemplate(sheet: string): string {
  return sheet.trim().replace(/[\\`$]/g, '\\$&')
}
