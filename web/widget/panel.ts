import { fetchPart } from '../api-client/parts.ts'
import { browserClock } from '../browser-clock.ts'
import { browserChat } from './chat/browser-chat.ts'
import { mountedPanel } from './elements/mounted-panel.ts'
import type { Panel, PanelHost } from './panel.port.ts'

/** The bundler puts addresses here: `/widget/texts-HASH` and `/widget/later-HASH.css`. */
declare const PURSER_TEXTS: string
declare const PURSER_LATER_SHEET: string

/** Mounts the panel into the loader's shadow root. */
export function mountPanel(host: PanelHost): Panel {
  return mountedPanel(host, {
    chat: browserChat(host),
    clock: browserClock(),
    texts: (language, signal) => fetchPart(`${host.baseUrl}${PURSER_TEXTS}/${language}.json`, signal),
    laterSheet: (signal) => fetchPart(host.baseUrl + PURSER_LATER_SHEET, signal),
  })
}
