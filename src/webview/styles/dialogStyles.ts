import { css } from 'lit';

export const dialogStyles = css`
  dialog {
    color: var(--vscode-foreground);
    background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
    border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, var(--line)));
    border-radius: 6px;
    padding: 14px 16px;
    width: min(620px, calc(100vw - 40px));
    max-height: calc(100vh - 40px);
    overflow: auto;
    box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
  }
  dialog::backdrop {
    background: color-mix(in srgb, var(--vscode-editor-background) 60%, transparent);
  }
  h2 {
    margin-bottom: 10px;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: 10px;
  }
  label {
    display: flex;
    flex-direction: column;
    gap: 3px;
  }
  fieldset {
    border: 0;
    padding: 0;
    margin: 0;
  }
  legend {
    padding: 0;
    margin-bottom: 6px;
  }
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 10px;
    align-items: start;
  }
  form > button {
    align-self: start;
  }
  kbd {
    flex: none;
    align-self: start;
    white-space: nowrap;
  }
  input[type='radio'] {
    margin: 0;
    accent-color: var(--vscode-focusBorder);
  }
  input:not([type='radio']),
  textarea,
  select {
    width: 100%;
    min-width: 0;
  }
  .buttons {
    display: flex;
    gap: 8px;
  }
  .error {
    color: var(--bad);
    margin: 0;
  }
`;
