import { css } from 'lit'

/** The first words: who answers, the shop's notice, the consent. */
export const welcome = css`
  .welcome {
    margin-block-end: 20px;
  }
  .welcome > h2 {
    font-size: calc(var(--size) * 1.47);
    font-weight: 650;
    letter-spacing: -0.02em;
    line-height: 1.25;
    margin-block: 2px 14px;
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
`
