import { fetchTexts } from '../api-client/texts.ts'
import { browserClock } from '../browser-clock.ts'
import { browserChat } from './chat/browser-chat.ts'
import type { Texts } from './elements/language/wording.ts'
import { mountedPanel } from './elements/mounted-panel.ts'
import type { Panel, PanelHost } from './panel.port.ts'

/** The bundler puts the texts' folder here: `/widget/texts-HASH`. */
declare const PURSER_TEXTS: string

/** Mounts the panel into the loader's shadow root. */
export function mountPanel(host: PanelHost): Panel {
  return mountedPanel(host, {
    chat: browserChat(host),
    clock: browserClock(),
    // Checked by the build: the file is made of a source of type Texts.
    texts: async (language, signal) =>
      (await fetchTexts(`${host.baseUrl}${PURSER_TEXTS}/${language}.json`, signal)) as Partial<Texts> | null,
  })
}
