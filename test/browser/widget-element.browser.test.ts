import { resolve } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { LightElement } from '../../web/widget/elements/light-element.ts'
import { browserBench, describeInBrowser } from './browser.ts'

type Counter = LightElement & { count: number; label: string; told: string[] }

/** An element that writes down what happened to it; defined when the page says so. */
const SOURCE = `
import { html } from 'lit/html.js'
import { LightElement } from './light-element.ts'
class Counter extends LightElement {
  static properties = ['count', 'label']
  told = []
  constructor() { super(); this.label = 'Clicks' }
  willUpdate(changed) { if (changed.has('count') && this.count < 0) this.count = 0 }
  render() { return html\`<button @click=\${this.press}>\${this.label}: \${this.count}</button>\` }
  firstUpdated() { this.told.push('first') }
  updated(changed) { this.told.push(['count', 'label'].filter((name) => changed.has(name)).map((name) => name + ' was ' + changed.get(name)).join()) }
  press() { this.count++ }
}
window.defineCounter = () => LightElement.define('test-counter', Counter)
`
declare global {
  interface Window {
    defineCounter(): void
  }
}

describeInBrowser('an element that draws into its own children', () => {
  const bench = browserBench()

  test('draws once a turn, whatever was set, and tells what changed', async () => {
    const page = await begun()
    const seen = await page.evaluate(async () => {
      window.defineCounter()
      const counter = document.createElement('test-counter') as Counter
      counter.count = 1
      counter.count = 2
      document.body.append(counter)
      const before = counter.textContent
      await counter.updateComplete
      counter.count = 3
      counter.count = 4
      counter.label = 'Clicks'
      await counter.updateComplete
      counter.count = 4
      await counter.updateComplete
      return { before, told: counter.told, text: counter.textContent }
    })
    expect(seen).toEqual({
      before: '',
      told: ['first', 'count was undefined,label was undefined', 'count was 2'],
      text: 'Clicks: 4',
    })
  })

  test('takes what it was given before it was defined', async () => {
    const page = await begun()
    const text = await page.evaluate(async () => {
      const counter = document.createElement('test-counter') as Counter
      counter.count = 7
      document.body.append(counter)
      window.defineCounter()
      window.defineCounter()
      await counter.updateComplete
      return counter.textContent
    })
    expect(text).toBe('Clicks: 7')
  })

  test('settles what follows from a change within the same drawing, and hears its own parts', async () => {
    const page = await begun()
    const told = await page.evaluate(async () => {
      window.defineCounter()
      const counter = document.createElement('test-counter') as Counter
      counter.count = -5
      document.body.append(counter)
      await counter.updateComplete
      counter.querySelector('button')?.click()
      await counter.updateComplete
      return [...counter.told, counter.textContent]
    })
    expect(told).toEqual(['first', 'count was undefined,label was undefined', 'count was 0', 'Clicks: 1'])
  })

  async function begun(): Promise<Page> {
    const { outputFiles } = await build({
      stdin: { contents: SOURCE, loader: 'ts', resolveDir: resolve(import.meta.dirname, '../../web/widget/elements') },
      bundle: true,
      format: 'iife',
      write: false,
    })
    const { page } = await bench.visit('about:blank')
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' })
    return page
  }
})
