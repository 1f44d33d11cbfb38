import { css } from 'lit'

/** What can be done with the conversation. */
export const menu = css`
  .menu {
    position: absolute;
    z-index: 2;
    inset-block-start: 58px;
    inset-inline-end: 12px;
    inline-size: min(260px, calc(100% - 24px));
    max-block-size: calc(100% - 76px);
    overflow-y: auto;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--raised);
    box-shadow: 0 12px 36px -6px var(--shade);
    animation: appear 120ms ease-out;
  }
  .menu [role='group'] + [role='group'] {
    margin-block-start: 6px;
    padding-block-start: 6px;
    border-block-start: 1px solid var(--line);
  }
  .menu p {
    padding: 6px 12px 2px;
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 550;
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 0;
    border-radius: 9px;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .menu button:hover,
  .menu button:focus-visible {
    background: var(--sunken);
  }
  .menu button:focus-visible {
    outline-offset: -2px;
  }
  .menu .icon {
    inline-size: 18px;
    block-size: 18px;
    color: var(--muted);
  }
  .menu [data-choice='delete_data'],
  .menu [data-choice='delete_data'] .icon {
    color: var(--bad);
  }
`
