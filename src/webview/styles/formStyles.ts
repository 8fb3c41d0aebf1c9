import { css } from 'lit';
import { missingStyles } from './missingStyles.ts';
import { dotStyles } from './styles.ts';

/** Styles of the reviewer's forms and of the feedback to an evaluator. */
export const formStyles = css`
  :host,
  section,
  form,
  .field {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  :host {
    gap: 14px;
  }
  :host([hidden]) {
    display: none;
  }
  section {
    gap: 5px;
  }
  .field {
    gap: 3px;
  }
  p,
  ul,
  dl {
    margin: 0;
  }
  ul {
    padding: 0;
    list-style: none;
    display: flex;
    flex-direction: column;
    gap: 4px;
  }
  li {
    overflow-wrap: anywhere;
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 2px 10px;
  }
  dt {
    color: var(--dim);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  pre {
    margin: 2px 0 0;
    padding: 2px 8px;
    font-family: var(--mono);
    font-size: 12px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    border-left: 2px solid var(--line);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
  }
  .quote {
    justify-content: flex-start;
    white-space: normal;
    text-align: left;
    border-left: 2px solid var(--warn);
    border-radius: 0;
    padding: 0 8px;
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  textarea {
    width: 100%;
    resize: vertical;
    min-height: 44px;
  }
  .rubric {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 10px;
    align-items: center;
  }
  ${dotStyles}
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
  }
  .options button {
    border-color: var(--edge);
    min-height: 28px;
  }
  button.chosen[aria-checked='true'] {
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    border-color: var(--vscode-contrastActiveBorder, var(--vscode-button-background));
  }
  button.chosen kbd {
    color: inherit;
    border-color: currentColor;
  }
  /* Stays visible, however long the form is. */
  .submission {
    position: sticky;
    z-index: 1;
    bottom: -12px;
    display: flex;
    flex-direction: column;
    gap: 6px;
    margin: -6px -14px -12px;
    padding: 6px 14px 10px;
    background: var(--side);
  }
  ${missingStyles}
  .obstacles {
    padding-left: 18px;
    list-style: disc;
    color: var(--bad);
  }
`;
