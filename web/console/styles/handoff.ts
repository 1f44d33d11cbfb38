import { css } from 'lit'

export const handoffStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    container-type: inline-size;
  }
  .empty {
    display: grid;
    place-content: center;
    height: 100%;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
    padding: 0.65rem 1.25rem;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  .back {
    display: none;
    place-items: center;
    width: 2.75rem;
    height: 2.75rem;
    margin: -0.25rem -0.25rem -0.25rem -0.75rem;
    border: 0;
    border-radius: var(--radius-small);
    background: none;
    font-size: 1.2rem;
  }
  .title {
    flex: 1 1 14rem;
    min-width: 0;
    display: grid;
    gap: 0.25rem;
  }
  .title h2 {
    font-size: 1.125rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .chips,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
  }
  .actions {
    gap: 0.5rem;
  }
  .problem {
    padding: 0.45rem 1.25rem;
    background: var(--danger-soft);
    color: var(--danger);
    border-bottom: 1px solid currentColor;
  }
  .problem:empty {
    display: none;
  }
  .parts {
    display: none;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  .parts button {
    flex: 1;
    min-height: 2.75rem;
    border: 0;
    border-bottom: 3px solid transparent;
    background: none;
    color: var(--muted);
    font-weight: 550;
  }
  .parts button[aria-pressed='true'] {
    color: var(--text);
    border-bottom-color: var(--accent);
  }
  .parts button:focus-visible {
    outline-offset: -3px;
  }
  .body {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(17rem, 22rem);
    grid-template-rows: minmax(0, 1fr);
  }
  .talk {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  desk-transcript {
    flex: 1;
    min-height: 0;
  }
  aside {
    min-height: 0;
    overflow-y: auto;
    border-inline-start: 1px solid var(--line);
    background: var(--surface);
  }
  aside:focus-visible {
    outline-offset: -3px;
  }
  @container (max-width: 46rem) {
    .parts {
      display: flex;
    }
    .body {
      grid-template-columns: minmax(0, 1fr);
    }
    .body.conversation aside,
    .body.known .talk {
      display: none;
    }
    aside {
      border: 0;
    }
  }
  @media (max-width: 47.99rem) {
    .back {
      display: grid;
    }
    .head {
      padding: 0.5rem 0.75rem;
    }
    .title {
      flex-basis: 8rem;
    }
    .actions {
      flex: 1 0 auto;
      justify-content: flex-end;
    }
  }
`
