import { css } from 'lit';

export const answersStyles = css`
  :host {
    display: grid;
    min-height: 0;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
  }
  :host([single]) {
    grid-template-columns: minmax(0, 1fr);
  }
  /* One answer has the room of both; the badge of the other brings it forward. */
  :host([alone='A']) {
    grid-template-columns: minmax(0, 1fr) 44px;
  }
  :host([alone='B']) {
    grid-template-columns: 44px minmax(0, 1fr);
  }
  :host([alone]) .pane {
    grid-column: 1 / -1;
  }
  :host([alone='A']) .pane[data-side='B'],
  :host([alone='B']) .pane[data-side='A'] {
    display: none;
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
  .problem,
  .left-out {
    margin: 0;
    padding: 4px 14px;
    white-space: normal;
  }
  .problem {
    color: var(--warn);
  }
`;
