import { css } from 'lit';

export const appStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) 24px;
    grid-template-columns: minmax(0, 1fr);
    height: 100vh;
    background: var(--vscode-editor-background);
  }
  main,
  .evidence {
    display: grid;
    min-height: 0;
    min-width: 0;
  }
  .evidence {
    position: relative;
  }
  .judgement {
    background: var(--side);
    overflow: auto;
    padding: 10px 14px 12px;
    display: flex;
    flex-direction: column;
    gap: 14px;
    min-width: 0;
    min-height: 0;
  }
  tiebreak-rationale {
    flex: 1 0 auto;
  }
  /* Stays visible, however long the findings are. */
  tiebreak-submit {
    position: sticky;
    z-index: 1;
    bottom: -12px;
    margin: -6px -14px -12px;
    padding: 6px 14px 10px;
    background: var(--side);
  }
  /* The judgement, and the reviewer's form beside it. */
  .judgement.beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    padding: 0;
    gap: 0;
    overflow: hidden;
  }
  .column {
    display: flex;
    flex-direction: column;
    gap: 14px;
    min-width: 0;
  }
  .beside > .column {
    overflow: auto;
    padding: 10px 14px 12px;
  }
  .beside > .column + .column {
    border-left: 1px solid var(--line);
  }
  /* Overlays the foot, so that nothing moves when a message appears or disappears. */
  .notice {
    position: absolute;
    z-index: 4;
    left: 0;
    right: 104px;
    bottom: 0;
    min-height: 24px;
    display: flex;
    gap: 8px;
    align-items: start;
    padding: 1px 8px 1px 12px;
    border-top: 1px solid var(--line);
    background: var(--vscode-notifications-background, var(--side));
    color: var(--vscode-notifications-foreground, var(--vscode-foreground));
    overflow-wrap: anywhere;
    max-height: 30vh;
    overflow-y: auto;
  }
  .notice button {
    padding: 0 3px;
  }
  .notice > vscode-icon {
    margin-top: 2px;
  }
  footer {
    grid-row: 3;
    display: flex;
    gap: 12px;
    align-items: center;
    padding: 0 12px;
    font-size: 12px;
    color: var(--dim);
    border-top: 1px solid var(--line);
    background: var(--side);
    white-space: nowrap;
    overflow: hidden;
  }
  footer button {
    padding: 0 4px;
    font-size: 12px;
  }
  .tabs {
    display: flex;
    gap: 2px;
    border-bottom: 1px solid var(--line);
    background: var(--side);
    padding: 0 8px;
  }
  [role='tab'] {
    border: 0;
    border-bottom: 2px solid transparent;
    border-radius: 0;
    padding: 4px 10px;
  }
  [role='tab']:focus-visible {
    outline-offset: -2px;
  }
  .lower {
    padding: 0 6px;
    line-height: 29px;
    font-weight: 600;
  }
  [role='tab'][aria-selected='true'] {
    border-bottom-color: var(--vscode-focusBorder);
  }
`;
