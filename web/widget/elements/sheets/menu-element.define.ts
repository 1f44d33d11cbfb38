import { MenuElement } from './menu-element.ts'

if (!customElements.get('purser-menu')) customElements.define('purser-menu', MenuElement)
