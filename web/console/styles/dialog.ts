import { css } from 'lit'

export const dialogStyles = css`
  :host {
    display: contents;
  }
  dialog {
    width: min(28rem, calc(100vw - 2rem));
    padding: 1.25rem 1.35rem;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    color: var(--text);
    box-shadow: var(--shade);
  }
  dialog::backdrop {
    background: rgb(10 14 18 / 45%);
  }
  dialog h2 {
    font-size: 1.125rem;
    margin-bottom: 0.35rem;
  }
  dialog h3 {
    font-size: 0.875rem;
    color: var(--muted);
    margin: 0.9rem 0 0.25rem;
  }
  dialog label.field {
    display: block;
    margin: 0.9rem 0 0.3rem;
    font-weight: 550;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.5rem;
    margin-top: 1.1rem;
  }
  .switch {
    display: flex;
    gap: 0.6rem;
    align-items: start;
    padding: 0.5rem 0;
  }
  .switch input {
    width: 1.15rem;
    height: 1.15rem;
    margin: 0.2rem 0 0;
    accent-color: var(--accent);
  }
  .switch small {
    display: block;
  }
  .keys > div {
    display: grid;
    grid-template-columns: 7.5rem 1fr;
    gap: 0.5rem;
    padding: 0.2rem 0;
  }
  .keys.off > div {
    color: var(--muted);
    text-decoration: line-through;
  }
  kbd {
    display: inline-block;
    min-width: 1.6em;
    padding: 0 0.35em;
    text-align: center;
    border: 1px solid var(--edge);
    border-bottom-width: 2px;
    border-radius: 4px;
    background: var(--sunken);
  }
`
