import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Desk } from '../state/desk.port.ts'

/** Has its element drawn again whenever the desk changes, for as long as the element is on the page. */
export function followDesk(host: ReactiveControllerHost, desk: () => Desk): ReactiveController {
  let leave = () => {}
  const controller: ReactiveController = {
    hostConnected() {
      leave = desk().subscribe(() => host.requestUpdate())
    },
    hostDisconnected: () => leave(),
  }
  host.addController(controller)
  return controller
}
