import { css } from 'lit'

/** Cards of the conversation, and the sheets that lie over it. */
export const cards = css`
  .card {
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
  }
  .card h2,
  .card h3,
  .sheet h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-block-end: 8px;
    line-height: 1.35;
  }
  .card h2 > .icon,
  .card h3 > .icon,
  .sheet h2 > .icon {
    color: var(--accent-text);
  }
  .card p,
  .sheet p {
    text-wrap: pretty;
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
