import { fetchPart } from '../api-client/parts.ts'
import type { PanelHost, PanelModule } from '../widget/panel.port.ts'
import { launcherTexts } from './launcher-texts.ts'

/** The bundler puts paths here: the panel's script and what that imports, `/widget/panel-HASH.css`, `/widget/texts-HASH`. */
declare const PURSER_SCRIPTS: [panel: string, ...imported: string[]]
declare const PURSER_SHEET: string
declare const PURSER_TEXTS: string

/** Grows with each time the script could not be had. */
let again = ''

/**
 * The panel with everything it takes to show it, fetched side by side: scripts, style sheet, and texts in the first language of
 * `locales` there is, in English where those do not come. Rejects when something is missing.
 */
export async function fetchPanel(
  server: string,
  locales: readonly string[],
  signal: AbortSignal,
): Promise<PanelModule & Pick<PanelHost, 'sheet' | 'texts'>> {
  const [panel, ...imported] = PURSER_SCRIPTS
  const spoken = async (language: string) => ({
    language,
    json: await fetchPart(`${server}${PURSER_TEXTS}/${language}.json`, signal),
  })
  const [{ mountPanel }, sheet, texts] = await Promise.all([
    fetchScript(server + panel) as Promise<PanelModule>,
    fetchPart(server + PURSER_SHEET, signal),
    spoken(launcherTexts(locales).language).catch(() => spoken('en')),
    ...imported.map((path) => import(server + path)),
  ])
  return { mountPanel, sheet, texts }
}

/** A browser remembers that a module could not be fetched, so another try needs another address; one that came has to stay the same. */
function fetchScript(address: string): Promise<unknown> {
  return import(address + again).catch((error) => {
    again += '?again'
    throw error
  })
}
