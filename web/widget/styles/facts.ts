import { css } from 'lit'

/** Facts in a list, and the card of a hand-over. */
export const facts = css`
  purser-handoff {
    display: block;
  }
  .waiting {
    background: var(--tint);
    border-color: color-mix(in oklab, var(--accent) 26%, var(--surface));
  }
  .waiting .quiet {
    background: var(--surface);
  }
  .facts {
    display: grid;
    gap: 4px;
    margin-block: 8px;
  }
  .facts li {
    position: relative;
    padding-inline-start: 16px;
  }
  .facts li::before {
    content: '';
    position: absolute;
    inset-inline-start: 2px;
    inset-block-start: 0.62em;
    inline-size: 5px;
    block-size: 5px;
    border-radius: 50%;
    background: var(--edge);
  }
  .facts li[data-open='true']::before {
    background: var(--good);
  }
`
