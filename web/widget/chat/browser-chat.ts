import { purserClient } from '../../api-client/client.ts'
import { browserClock } from '../../browser-clock.ts'
import type { Chat } from '../chat.port.ts'
import type { PanelHost } from '../panel.port.ts'
import { browserStore } from './browser/browser-store.ts'
import { browserTabs } from './browser/browser-tabs.ts'
import type { Network } from './browser.port.ts'
import { chat } from './chat.ts'

/** The conversation of the page a panel lies in. */
export function browserChat(host: Pick<PanelHost, 'baseUrl' | 'publicKey' | 'locale' | 'identityToken'>): Chat {
  const { baseUrl, publicKey, locale } = host
  const clock = browserClock()
  const store = browserStore()
  const chance = () => Math.random()
  return chat({
    client: purserClient({ baseUrl, publicKey, clock }),
    publicKey,
    locale,
    identityToken: () => host.identityToken(),
    store,
    network: browserNetwork(),
    tabs: browserTabs(store, clock, ids.make),
    clock,
    ids,
    chance,
  })
}

/** Not randomUUID, which pages without TLS do not have. */
const ids = {
  make: () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
}

function browserNetwork(): Network {
  return {
    online: () => navigator.onLine,
    shown: () => document.visibilityState === 'visible',
    watch(listener) {
      const changes: [EventTarget, string][] = [
        [window, 'online'],
        [window, 'offline'],
        [document, 'visibilitychange'],
      ]
      for (const [target, name] of changes) target.addEventListener(name, listener)
      return () => {
        for (const [target, name] of changes) target.removeEventListener(name, listener)
      }
    },
  }
}
