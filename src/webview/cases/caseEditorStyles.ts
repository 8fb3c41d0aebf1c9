import { css } from 'lit';

export const caseEditorStyles = css`
  :host {
    display: block;
  }
  section {
    padding: 8px 10px;
    border-bottom: 1px solid var(--line);
    background: var(--side);
  }
  form,
  label {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  form {
    gap: 8px;
  }
  label {
    gap: 2px;
    flex: 1 1 130px;
  }
  label.kind {
    flex-grow: 2;
  }
  .row,
  .file {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 10px;
    align-items: flex-start;
  }
  .file button {
    margin-top: 20px;
  }
  input,
  textarea,
  select {
    width: 100%;
    min-width: 0;
  }
  textarea {
    resize: vertical;
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 2px 10px;
    margin: 0;
    max-height: 120px;
    overflow: auto;
  }
  dt {
    color: var(--dim);
  }
  dd {
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .code-field {
    flex: 2 1 260px;
    min-width: 0;
  }
  .hint {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
  }
  .buttons {
    display: flex;
    gap: 8px;
  }
  .error {
    color: var(--bad);
  }
`;
