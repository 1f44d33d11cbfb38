import type { Page } from 'playwright-core'

/** The shopper's way in: presses the launcher and waits for the panel's input. */
export async function openPanel(page: Page): Promise<void> {
  await launcherOf(page).click()
  await inputOf(page).waitFor()
}

export function launcherOf(page: Page) {
  return page.locator('purser-widget [part~="launcher"]')
}

export function inputOf(page: Page) {
  return page.locator('purser-widget').getByRole('textbox').last()
}

/** Types a question and sends it with the Enter key. */
export async function ask(page: Page, text: string): Promise<void> {
  await inputOf(page).fill(text)
  await inputOf(page).press('Enter')
}

/** The conversation as it is read out, without what only sighted people see. */
export function logOf(page: Page) {
  return page.locator('purser-widget').getByRole('log')
}

export type Line = { kind: string; state: string | null; text: string }

/** What the conversation shows, line by line, as its reader sees it. */
export function linesOf(page: Page): Promise<Line[]> {
  return page.locator('purser-widget [data-kind]').evaluateAll((lines) =>
    (lines as HTMLElement[]).map((line) => ({
      kind: line.dataset.kind ?? '',
      state: line.dataset.state ?? line.querySelector<HTMLElement>('[data-state]')?.dataset.state ?? null,
      text: (line.querySelector<HTMLElement>('[part~="message"]')?.innerText ?? '').trim(),
    })),
  )
}

/** Only who said what, for comparing two conversations. */
export async function saidIn(page: Page): Promise<string[]> {
  return (await linesOf(page)).filter(({ kind }) => kind !== 'handoff').map(({ kind, text }) => `${kind}: ${text}`)
}
