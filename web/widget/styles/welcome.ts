import { css } from 'lit'

/** The first words, and what lies over the conversation: the menu and the sheets. */
export const welcome = css`
  .welcome {
    margin-block-end: 20px;
  }
  .welcome > .avatar {
    inline-size: 44px;
    block-size: 44px;
    margin-block: 6px 14px;
  }
  .welcome > h2 {
    font-size: calc(var(--size) * 1.47);
    font-weight: 650;
    letter-spacing: -0.02em;
    line-height: 1.25;
    margin-block-end: 14px;
    text-wrap: balance;
  }
  .points {
    display: grid;
    gap: 10px;
  }
  .points li {
    display: flex;
    gap: 12px;
    text-wrap: pretty;
  }
  .points .icon {
    margin-block-start: 2px;
    color: var(--accent-text);
  }
  .privacy {
    margin-block-start: 16px;
    color: var(--muted);
    font-size: var(--small);
    text-wrap: pretty;
  }
  .consent .privacy {
    margin-block-start: 0;
    color: inherit;
    font-size: inherit;
  }
  .consent .note {
    margin-block-start: 10px;
  }
  .nothing {
    display: grid;
    place-items: center;
    block-size: 100%;
  }
  .nothing .avatar {
    inline-size: 56px;
    block-size: 56px;
    opacity: 0.5;
  }
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
  .over {
    position: absolute;
    z-index: 3;
    inset: 0;
    display: flex;
    align-items: flex-end;
    background: var(--veil);
    animation: appear 140ms ease-out;
  }
  .sheet {
    inline-size: 100%;
    max-block-size: calc(100% - 40px);
    overflow-y: auto;
    padding: 24px 22px calc(22px + env(safe-area-inset-bottom, 0px));
    border-start-start-radius: var(--radius);
    border-start-end-radius: var(--radius);
    background: var(--raised);
    animation: slide 200ms cubic-bezier(0.2, 0.9, 0.3, 1);
  }
  .sheet:focus {
    outline: none;
  }
  .sheet h2 {
    font-size: calc(var(--size) * 1.2);
    letter-spacing: -0.01em;
  }
  .sheet p + p {
    margin-block-start: 10px;
  }
  @keyframes slide {
    from {
      transform: translateY(24px);
      opacity: 0;
    }
  }
`
