import { css } from 'lit';

/** Styles of the tabs, and of the message that the Models page shows instead of figures. */
export const modelsStyles = css`
  .tabs {
    display: flex;
    gap: 2px;
  }
  .tabs [aria-selected='true'] {
    text-decoration: underline;
    text-decoration-thickness: 2px;
    text-underline-offset: 5px;
    text-decoration-color: var(--vscode-focusBorder);
    font-weight: 600;
  }
  .notice {
    border: 1px solid var(--line);
    border-radius: 4px;
    padding: 12px 16px 14px;
    margin: 14px 0 4px;
    max-width: 72ch;
  }
  .notice h2 {
    text-transform: none;
    letter-spacing: 0;
    font-size: 14px;
    margin: 0;
    color: var(--vscode-foreground);
  }
  .notice p {
    color: var(--dim);
    margin: 4px 0 0;
  }
  .notice .buttons {
    justify-content: start;
    margin-top: 10px;
  }
`;
