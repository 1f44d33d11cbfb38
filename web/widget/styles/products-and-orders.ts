import { css } from 'lit'

/** Products and orders of an answer. */
export const productsAndOrders = css`
  .products > ul {
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    overflow: clip;
  }
  .products li + li {
    border-block-start: 1px solid var(--line);
  }
  .products > .quiet {
    margin-block-start: 8px;
  }
  .product {
    position: relative;
    display: flex;
    gap: 14px;
    padding: 12px;
  }
  .product:has(a:hover) {
    background: var(--sunken);
  }
  .product .about {
    flex: 1;
    min-inline-size: 0;
    align-self: center;
  }
  .product h3 {
    font-size: var(--small);
    line-height: 1.4;
  }
  .product h3 a {
    color: inherit;
    text-decoration: none;
  }
  /* The whole card is the link's target. */
  .product h3 a::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .product h3 a:focus-visible {
    outline: none;
  }
  .product h3 a:focus-visible::after {
    outline: 2px solid var(--accent-text);
    outline-offset: -3px;
    border-radius: var(--radius-small);
  }
  .product h3 a:hover {
    text-decoration: underline;
  }
  .price {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .stock {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 6px;
    color: var(--muted);
    font-size: var(--tiny);
  }
  .stock .dot {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--edge);
  }
  .stock .word {
    color: var(--text);
  }
  [data-stock='in_stock'] .dot {
    background: var(--good);
  }
  [data-stock='low_stock'] .dot,
  [data-stock='preorder'] .dot {
    background: var(--warn);
  }
  [data-stock='out_of_stock'] .dot {
    background: none;
    border: 1.5px solid var(--edge);
  }
  .picture {
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 72px;
    block-size: 72px;
    border-radius: 10px;
    background: var(--sunken);
    color: var(--edge);
    overflow: clip;
  }
  .picture img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    background: var(--sunken);
    font-size: var(--tiny);
  }
  .picture img.failed {
    opacity: 0;
  }
  .order {
    padding: 0;
    overflow: clip;
  }
  .order > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 12px;
    padding: 12px 16px;
    background: var(--sunken);
  }
  .order > header h3 {
    margin: 0;
  }
  .status {
    padding: 2px 10px;
    border-radius: 99px;
    background: var(--tint-strong);
    color: var(--accent-text);
    font-size: var(--tiny);
    font-weight: 600;
  }
  .order dl {
    display: grid;
    gap: 10px;
    padding: 14px 16px;
  }
  .order dl > div {
    display: grid;
    grid-template-columns: minmax(64px, 22%) 1fr;
    gap: 12px;
  }
  .order dt {
    color: var(--muted);
    font-size: var(--small);
    line-height: 1.65;
  }
  .order dd {
    min-inline-size: 0;
  }
  .order small {
    display: block;
    color: var(--muted);
    font-size: var(--tiny);
  }
  .order footer {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 8px 16px;
    border-block-start: 1px solid var(--line);
    color: var(--muted);
    font-size: var(--tiny);
  }
  .order footer .icon {
    inline-size: 15px;
    block-size: 15px;
  }
`
