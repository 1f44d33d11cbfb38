import { html, nothing } from 'lit/html.js'
import type { Answer } from '../../../api-client/shapes.ts'
import { LightElement } from '../light-element.ts'
import type { View } from '../view.ts'
import { orderCard } from './order-card.ts'
import { productCards } from './product-card.ts'

/** What an answer shows besides words: orders, and products of which the first five are shown until more are wished. */
export class CardsElement extends LightElement {
  static override properties = ['answer', 'view', 'all']
  declare answer: Answer
  declare view: View
  declare all: boolean

  constructor() {
    super()
    this.all = false
  }

  protected override firstUpdated(): void {
    // It grew by what it shows; whoever keeps the reading place has to know.
    this.dispatchEvent(new CustomEvent('purser-grown', { bubbles: true }))
  }

  protected override render() {
    const { answer, view } = this
    return html`${answer.orders.map((order) => orderCard(order, view))}
    ${answer.products.length ? productCards(answer.products, this.all, () => this.showAll(), view) : nothing}`
  }

  private async showAll(): Promise<void> {
    const shown = this.querySelectorAll('.product').length
    this.all = true
    await this.updateComplete
    // The button is gone; whoever pressed it goes on with the first card that came.
    this.querySelectorAll('.product')[shown]?.querySelector('a')?.focus()
  }
}
