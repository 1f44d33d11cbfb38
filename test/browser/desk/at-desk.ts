import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a person at the desk looks at and touches. */
export const rows = (page: Page) => page.locator('.rows a')
export const row = (page: Page, id: string) => page.locator(`.rows a[data-id="${id}"]`)
export const heading = (page: Page) => page.locator('desk-handoff .title h2')
export const reply = (page: Page) => page.getByRole('textbox', { name: 'Your reply' })
export const transcript = (page: Page) => page.locator('desk-transcript')

/** Where the focus is, through all shadow roots: a row by the id of its hand-over, anything else by its tag. */
export function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return (element as HTMLElement | null)?.dataset.id ?? element?.localName
  })
}

/** Something that becomes true by itself, with patience for a busy machine. */
export function eventually<Value>(read: () => Value) {
  return expect.poll(read, { timeout: 15_000 })
}
