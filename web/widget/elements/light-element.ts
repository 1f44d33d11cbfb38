import { LitElement } from 'lit'

/**
 * An element that draws into its own children instead of a shadow root: everything inside the panel shares the panel's styles,
 * ids and focus, so labels and descriptions reach across parts.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this
  }
}
