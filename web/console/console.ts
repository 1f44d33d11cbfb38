import './elements/defined.ts'
import { deskClient } from '../api-client/desk-client.ts'
import { browserClock } from '../browser-clock.ts'
import type { SignIn } from './elements/shell/desk-sign-in.ts'
import { desk } from './state/desk.ts'
import { keepsakes } from './state/keepsakes.ts'

const SIGN_IN_PATH = /^\/console\/sign-in\/?$/
/** Only the desk's own pages: what storage holds is not trusted with a way out of here. */
const OWN_PAGE = /^\/console(\?|$)/

const clock = browserClock()
const chance = () => Math.random()
const client = deskClient({ baseUrl: '', fetch: window.fetch.bind(window), clock, chance })
const kept = keepsakes(() => window.localStorage)

if (SIGN_IN_PATH.test(location.pathname)) showSignIn()
else showDesk()

function showSignIn(): void {
  const { signal } = new AbortController()
  const signIn: SignIn = async (code) => {
    const result = await client.signIn(code, signal)
    if (result.outcome === 'failed') return result.failure
    const wanted = kept.takeWanted()
    // Not a step in the history: the code is used up, and going back to it would only be refused.
    location.replace(wanted && OWN_PAGE.test(wanted) ? wanted : '/console')
    return null
  }
  const page = document.createElement('desk-sign-in')
  page.signIn = signIn
  page.code = decodeURIComponent(location.hash.slice(1))
  // A second link pasted into the same tab changes nothing but the fragment.
  window.addEventListener('hashchange', () => location.reload())
  document.body.append(page)
}

function showDesk(): void {
  const page = document.createElement('desk-app')
  page.desk = desk({ client, clock, chance, keepsakes: kept, window })
  document.body.append(page)
  page.desk.start()
}
