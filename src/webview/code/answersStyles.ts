import { css } from 'lit';

/** How the two answers stand side by side. */
export const answersStyles = css`
  :host {
    display: grid;
    min-height: 0;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
  }
  :host([single]) {
    grid-template-columns: minmax(0, 1fr);
  }
  tiebreak-answer-head + tiebreak-answer-head,
  .pane + .pane {
    border-left: 1px solid var(--line);
  }
  .pane {
    overflow: auto;
    min-width: 0;
    background: var(--vscode-editor-background);
  }
  .pane.both {
    grid-column: 1 / -1;
  }
  .pane:focus-visible {
    outline-offset: -1px;
  }
  .written {
    padding: 8px 14px;
  }
  .likeness {
    margin: 0;
    padding: 4px 14px;
    font-family: var(--vscode-font-family);
    white-space: normal;
  }
  .problem {
    margin: 0;
    padding: 4px 14px;
    color: var(--warn);
    white-space: normal;
  }
`;
