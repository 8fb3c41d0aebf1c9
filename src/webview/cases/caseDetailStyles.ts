import { css } from 'lit';

export const caseDetailStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .columns {
    display: grid;
    gap: 2px 16px;
    margin: 4px 0;
  }
  .columns.of-1 {
    grid-template-columns: minmax(0, 1fr);
  }
  .columns.of-2 {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .columns.of-3 {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
  .columns.of-4 {
    grid-template-columns: repeat(4, minmax(0, 1fr));
  }
  .column {
    min-width: 0;
  }
  .column + .column {
    border-left: 1px solid var(--line);
    padding-left: 12px;
  }
  .head {
    font-weight: 600;
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .label {
    margin-top: 4px;
    color: var(--dim);
  }
  .verdict {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    font-weight: 400;
  }
  .value,
  dd,
  .mono,
  .reason {
    font-family: var(--mono);
    font-size: 12px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .reason {
    margin: 2px 0;
    color: var(--dim);
  }
  p {
    margin: 2px 0;
  }
  ul {
    margin: 2px 0;
    padding: 0;
    list-style: none;
  }
  li {
    margin-bottom: 3px;
    overflow-wrap: anywhere;
  }
  mark {
    color: inherit;
    background: color-mix(in srgb, var(--bad) 22%, transparent);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    border-radius: 2px;
  }
  [data-line].shown {
    background: var(--vscode-editor-lineHighlightBackground, transparent);
    box-shadow: -3px 0 0 var(--vscode-focusBorder);
  }
  [data-line]:focus {
    outline: none;
  }
  .nothing {
    color: var(--dim);
    font-style: italic;
  }
  button.link {
    white-space: normal;
  }
  button.place {
    display: inline;
    padding: 0;
    border: 0;
    font: inherit;
    white-space: inherit;
    text-align: inherit;
    text-decoration: underline;
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 2px 12px;
    margin: 0;
  }
  dt {
    color: var(--dim);
  }
  dd {
    margin: 0;
  }
  @container (max-width: 420px) {
    .columns {
      grid-template-columns: minmax(0, 1fr) !important;
    }
    .column + .column {
      border-left: 0;
      padding-left: 0;
    }
  }
`;
