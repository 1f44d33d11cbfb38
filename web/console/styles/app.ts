import { css } from 'lit'

export const appStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100dvh;
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.4rem 1rem;
    padding-inline: max(1rem, env(safe-area-inset-left)) max(1rem, env(safe-area-inset-right));
    background: var(--surface);
    border-bottom: 1px solid var(--line);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-size: 1rem;
    font-weight: 400;
  }
  .brand svg {
    color: var(--accent);
    width: 1.3em;
    height: 1.3em;
  }
  .gap {
    flex: 1;
  }
  .who {
    font-weight: 550;
    max-width: 14ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .live {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    font-size: 0.8125rem;
    color: var(--muted);
  }
  .live i {
    width: 0.6rem;
    height: 0.6rem;
    border: 2px solid var(--muted);
    border-radius: 50%;
  }
  .live.on i {
    background: var(--ok);
    border-color: var(--ok);
  }
  .live.lost {
    color: var(--danger);
    font-weight: 600;
  }
  .live.lost i {
    border-color: var(--danger);
    border-radius: 0;
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.6rem;
    padding: 0.45rem 1rem;
    background: var(--warn-soft);
    color: var(--warn);
    border-bottom: 1px solid currentColor;
  }
  .panes {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: minmax(19rem, 24rem) minmax(0, 1fr);
  }
  desk-queue {
    min-height: 0;
    border-inline-end: 1px solid var(--line);
    background: var(--sunken);
  }
  main {
    min-height: 0;
    min-width: 0;
    outline-offset: -3px;
  }
  desk-handoff {
    height: 100%;
  }
  main.alone {
    display: grid;
    align-content: center;
    height: 100%;
  }
  @media (max-width: 47.99rem) {
    header {
      gap: 0.5rem;
      padding-inline: 0.75rem;
    }
    .who {
      display: none;
    }
    .panes {
      grid-template-columns: minmax(0, 1fr);
    }
    .panes desk-queue {
      border: 0;
    }
    .panes.reading desk-queue,
    .panes:not(.reading) main {
      display: none;
    }
  }
`
