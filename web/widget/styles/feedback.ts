import { css } from 'lit'

/** Up, down, and why. */
export const feedback = css`
  purser-feedback {
    display: block;
  }
  .reasons > p {
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 550;
  }
  .thumbs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    margin-inline-start: -8px;
  }
  .thumb {
    display: grid;
    place-items: center;
    inline-size: 34px;
    block-size: 34px;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--muted);
    cursor: pointer;
  }
  .thumb .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .thumb.against .icon {
    transform: rotate(180deg);
  }
  .thumb:hover {
    background: var(--sunken);
    color: var(--text);
  }
  .thumb[aria-pressed='true'] {
    color: var(--accent-text);
  }
  .thumb[aria-pressed='true'] .icon {
    fill: color-mix(in oklab, currentColor 26%, transparent);
  }
  .thumbs .chip {
    margin-inline-start: 6px;
  }
  .reasons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 8px;
    padding: 14px;
    border-radius: var(--radius-small);
    background: var(--sunken);
    animation: appear 160ms ease-out;
  }
  .reasons > p,
  .reasons > form {
    inline-size: 100%;
    margin: 0;
  }
  .reasons > form {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 4px;
  }
  .reasons input {
    flex: 1 1 160px;
  }
`
