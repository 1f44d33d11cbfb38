import { css } from 'lit'

export const composerStyles = css`
  :host {
    border-top: 1px solid var(--line);
    background: var(--surface);
    padding-bottom: env(safe-area-inset-bottom);
  }
  form {
    display: grid;
    gap: 0.45rem;
    padding: 0.75rem 1.25rem;
  }
  textarea {
    min-height: 3.6rem;
    max-height: 40dvh;
    field-sizing: content;
    resize: none;
  }
  textarea[aria-invalid] {
    border-color: var(--danger);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem;
  }
  .over {
    color: var(--danger);
    font-weight: 600;
  }
  .closed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    padding: 0.85rem 1.25rem;
    color: var(--muted);
  }
  @media (max-width: 47.99rem) {
    form,
    .closed {
      padding: 0.6rem 0.75rem;
    }
  }
  @media (pointer: coarse) {
    /* There is no Shift+Enter on a phone's keyboard. */
    #hint:not(.over) {
      display: none;
    }
    .foot {
      justify-content: flex-end;
    }
    textarea {
      font-size: 1rem;
    }
  }
`
