import { css } from 'lit'

/** Who says what: bylines, bubbles, the assistant's plain text, progress, events. */
export const messages = css`
  .byline {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-block-end: 6px;
    font-size: var(--small);
    line-height: 1.4;
  }
  .byline .name {
    font-weight: 600;
  }
  .byline .at {
    color: var(--muted);
    font-size: var(--tiny);
    font-variant-numeric: tabular-nums;
  }
  .avatar {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border-radius: 50%;
    font-size: 11px;
    font-weight: 650;
    line-height: 1;
    background: var(--sunken);
    color: var(--muted);
  }
  .avatar .icon {
    inline-size: 66%;
    block-size: 66%;
  }
  .avatar[data-who='assistant'] {
    border-radius: 32%;
    background: var(--accent);
    color: var(--on-accent);
  }
  .avatar[data-who='person'] {
    background: var(--person-tint);
    color: var(--person);
  }
  .shopper {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    padding-inline-start: 40px;
  }
  .shopper .byline {
    flex-direction: row-reverse;
  }
  .bubble {
    max-inline-size: 100%;
    padding: 9px 14px;
    border-radius: var(--radius-small);
  }
  .shopper .bubble {
    background: var(--accent);
    color: var(--on-accent);
    border-start-end-radius: 4px;
  }
  .shopper .bubble a {
    color: inherit;
  }
  .shopper[data-state='queued'] .bubble,
  .shopper[data-state='failed'] .bubble {
    background: var(--tint-strong);
    color: var(--text);
  }
  .person {
    padding-inline-end: 24px;
  }
  .person .bubble {
    inline-size: fit-content;
    background: var(--person-tint);
    border-start-start-radius: 4px;
    margin-inline-start: 32px;
  }
  .sending {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 4px;
    color: var(--muted);
    font-size: var(--tiny);
  }
  .sending .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  .shopper[data-state='failed'] .sending {
    color: var(--bad);
  }
  purser-answer,
  purser-cards,
  purser-composer,
  purser-proof {
    display: block;
  }
  purser-answer > article > :not(.byline, purser-cards) {
    margin-inline-start: 32px;
  }
  purser-answer > article > * + :not(.byline, .text, .stages),
  purser-cards > * + * {
    margin-block-start: 14px;
  }
  .text > * + *,
  .bubble > * + * {
    margin-block-start: 10px;
  }
  .text ul,
  .bubble ul {
    padding-inline-start: 18px;
    list-style: disc;
  }
  .text li + li {
    margin-block-start: 4px;
  }
  a {
    color: var(--accent-text);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  .stages {
    display: grid;
    gap: 6px;
    color: var(--muted);
    font-size: var(--small);
  }
  .stages li {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .stages .icon {
    inline-size: 16px;
    block-size: 16px;
    color: var(--good);
  }
  .stages [data-now='true'] {
    color: var(--text);
    animation: appear 160ms ease-out;
  }
  .pulse {
    display: grid;
    place-items: center;
    inline-size: 16px;
    block-size: 16px;
  }
  .pulse::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--accent-text);
    animation: pulse 1.4s ease-in-out infinite;
  }
  .note {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--muted);
    font-size: var(--small);
  }
  .note .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .event {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    color: var(--muted);
    font-size: var(--small);
    text-align: center;
    text-wrap: balance;
  }
  .event .icon {
    inline-size: 17px;
    block-size: 17px;
  }
  .begun {
    margin-block-end: 16px;
    padding: 8px 14px;
    border-radius: var(--radius-small);
    background: var(--sunken);
  }
  .mark {
    position: relative;
    display: inline-grid;
    place-items: center;
    min-inline-size: 17px;
    block-size: 17px;
    margin-inline: 3px 1px;
    padding: 0 4px;
    border: 0;
    border-radius: 6px;
    background: var(--tint-strong);
    color: var(--accent-text);
    font-size: 11px;
    font-weight: 650;
    line-height: 1;
    vertical-align: 2px;
    cursor: pointer;
  }
  .mark::before {
    content: attr(data-number);
  }
  /* The target is larger than what is drawn. */
  .mark::after {
    content: '';
    position: absolute;
    inset: -4px;
  }
  .mark[aria-expanded='true'],
  .mark:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.35;
      transform: scale(0.72);
    }
  }
`
