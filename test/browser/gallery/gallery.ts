import type { BrowserClock } from '../../../web/browser-clock.ts'
import { pseudoLocale } from '../../../web/widget/elements/language/pseudo-locale.ts'
import type { Texts } from '../../../web/widget/elements/language/wording.ts'
import { mountedPanel } from '../../../web/widget/elements/mounted-panel.ts'
import type { Panel, Spoken } from '../../../web/widget/panel.port.ts'
import arabic from '../../../web/widget/texts/ar.ts'
import german from '../../../web/widget/texts/de.ts'
import english from '../../../web/widget/texts/en.ts'
import { NOW } from './answers.ts'
import { type FakeChat, fakeChat } from './fake-chat.ts'
import { empty, galleryStates } from './gallery-states.ts'

/** The bench puts the style sheets here. */
declare const GALLERY_SHEET: string
declare const GALLERY_LATER_SHEET: string
const TEXTS: Record<string, Texts> = { en: english, de: german, ar: arabic, pseudo: pseudoLocale(english) }

/** What a browser test holds of the panel it sees; times are told from `NOW`. */
export type Gallery = { chat: FakeChat; panel: Panel; closed: number; unread: number; tick(ms: number): void }

/** Shows `state` of the gallery in a page that has nothing else to do. `pseudo` stands for a language nobody speaks. */
export function show(
  name: string,
  { locale = 'en', theme = 'light' as 'light' | 'dark' | 'auto', launcher = '' } = {},
): Gallery {
  const element = document.createElement('purser-gallery')
  if (launcher) element.setAttribute('launcher', launcher)
  document.body.append(element)
  const root = element.attachShadow({ mode: 'open' })
  const chat = fakeChat({ ...empty, ...galleryStates[name] })
  const clock = handClock()
  const gallery: Gallery = { chat, panel: null as never, closed: 0, unread: 0, tick: clock.tick }
  gallery.panel = mountedPanel(
    {
      root,
      element,
      baseUrl: '',
      publicKey: 'pk_gallery',
      locale: locale === 'pseudo' ? 'fr' : locale,
      theme,
      sheet: GALLERY_SHEET,
      texts: spoken(locale),
      identityToken: () => null,
      siteRewrite: null,
      closed: () => gallery.closed++,
      unread: (count) => (gallery.unread = count),
    },
    { chat, clock, texts: async (language) => spoken(language).json, laterSheet: async () => GALLERY_LATER_SHEET },
  )
  gallery.panel.open()
  return gallery
}

/** French stands for the language nobody speaks, since the panel has to know its name. */
function spoken(locale: string): Spoken {
  return { language: locale === 'pseudo' ? 'fr' : locale, json: JSON.stringify(TEXTS[locale] ?? english) }
}

function handClock(): BrowserClock & { tick(ms: number): void } {
  let now = Date.parse(NOW)
  const waiting = new Set<{ at: number; wake(): void }>()
  return {
    now: () => new Date(now),
    elapsed: () => now,
    sleep: (ms) => new Promise((wake) => waiting.add({ at: now + ms, wake })),
    deadline: (_ms, signal) => signal,
    tick(ms) {
      now += ms
      for (const sleeper of waiting)
        if (sleeper.at <= now) {
          waiting.delete(sleeper)
          sleeper.wake()
        }
    },
  }
}

declare global {
  interface Window {
    showState: typeof show
    gallery: Gallery
  }
}
window.showState = (name, options) => (window.gallery = show(name, options))
