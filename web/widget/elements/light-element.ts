import { render } from 'lit/html.js'

/** What a drawing is drawn for: each property that was set since the last one, with its value before. */
export type Changed<Element> = {
  has(name: keyof Element): boolean
  get<Name extends keyof Element>(name: Name): Element[Name] | undefined
}

/**
 * An element that draws itself anew, once a turn, when one of its `properties` was set. It draws into its own children instead of
 * a shadow root: everything inside the panel shares the panel's styles, ids and focus, so labels and descriptions reach across parts.
 */
export abstract class LightElement extends HTMLElement {
  /** Names of the properties that are drawn; declared without a value, since a field would hide the accessor. */
  static properties: readonly string[] = []
  /** Resolves once what was set before is drawn. */
  updateComplete: Promise<void> = Promise.resolve()
  readonly renderRoot: HTMLElement | ShadowRoot = this.drawnInto()
  readonly #values: Record<string, unknown> = {}
  #changed = new Map<PropertyKey, unknown>()
  #waiting = false
  #drawn = false

  constructor() {
    super()
    // A part may be given its properties before the element is defined; the accessors have to get them.
    for (const name of (this.constructor as typeof LightElement).properties)
      if (Object.hasOwn(this, name)) {
        const given = Reflect.get(this, name)
        Reflect.deleteProperty(this, name)
        Reflect.set(this, name, given)
      }
  }

  /** Defines `name` as `kind` of element, unless the page has it already. */
  static define(name: string, kind: Pick<typeof LightElement, 'properties' | 'prototype'>): void {
    if (customElements.get(name)) return
    for (const property of kind.properties)
      Object.defineProperty(kind.prototype, property, {
        get(this: LightElement) {
          return this.#values[property]
        },
        set(this: LightElement, value: unknown) {
          this.#store(property, value)
        },
      })
    customElements.define(name, kind as unknown as CustomElementConstructor)
  }

  connectedCallback(): void {
    this.requestUpdate()
  }

  /** Draws in this turn's end, whatever was set. */
  requestUpdate(): void {
    if (this.#waiting || !this.isConnected) return
    this.#waiting = true
    this.updateComplete = Promise.resolve().then(() => this.#draw())
  }

  protected abstract render(): unknown
  /** Before a drawing: what follows from what was set. */
  protected willUpdate(_changed: Changed<this>): void {}
  protected updated(_changed: Changed<this>): void {}
  protected firstUpdated(): void {}

  protected drawnInto(): HTMLElement | ShadowRoot {
    return this
  }

  #store(name: string, value: unknown): void {
    const before = this.#values[name]
    if (Object.is(before, value)) return
    this.#values[name] = value
    if (!this.#changed.has(name)) this.#changed.set(name, before)
    this.requestUpdate()
  }

  #draw(): void {
    const changed = this.#changed as unknown as Changed<this>
    this.willUpdate(changed)
    this.#changed = new Map()
    this.#waiting = false
    render(this.render(), this.renderRoot as HTMLElement, { host: this })
    if (!this.#drawn) this.firstUpdated()
    this.#drawn = true
    this.updated(changed)
  }
}
