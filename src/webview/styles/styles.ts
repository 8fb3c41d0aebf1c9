import { css } from 'lit';

/** Styles of every part. Fonts and colours come from the editor's variables, never from constants. */
export const shared = css`
  :host {
    --line: var(
      --vscode-panel-border,
      var(--vscode-widget-border, var(--vscode-contrastBorder, transparent))
    );
    --edge: var(
      --vscode-input-border,
      var(--vscode-checkbox-border, var(--vscode-contrastBorder, var(--line)))
    );
    --side: var(--vscode-sideBar-background, var(--vscode-editor-background));
    /* Some light themes use the text colour for descriptions too, so dim the colour here, for all themes. */
    --dim: color-mix(in srgb, var(--vscode-foreground) 75%, var(--vscode-editor-background));
    /* Use colours that themes define for text: colours for icons and squiggles are too pale to be read on white. */
    --ok: var(--vscode-gitDecoration-untrackedResourceForeground, var(--vscode-charts-green));
    --bad: var(--vscode-list-errorForeground, var(--vscode-errorForeground));
    --warn: var(--vscode-list-warningForeground, var(--vscode-editorWarning-foreground));
    --info: var(--vscode-textLink-foreground);
    /* The sides. The charts' orange is see-through in the default themes and missing in high contrast; the one for
       symbols is there in all, and a third of the text's colour makes it dark enough on white. */
    --a: var(--vscode-charts-blue);
    --b: color-mix(in srgb, var(--vscode-symbolIcon-classForeground) 65%, var(--vscode-foreground));
    --on-side: var(--vscode-editor-background);
    --mono: var(--vscode-editor-font-family, monospace);
    --mono-size: var(--vscode-editor-font-size, 13px);
    font-size: 13px;
    line-height: 1.45;
    color: var(--vscode-foreground);
  }
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  .dim {
    color: var(--dim);
  }
  .ok {
    color: var(--ok);
  }
  .bad {
    color: var(--bad);
  }
  .warn {
    color: var(--warn);
  }
  .num {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .grow {
    flex: 1 1 auto;
  }
  .mono {
    font-family: var(--mono);
    font-size: 12px;
  }
  kbd {
    font: 11px var(--mono);
    color: var(--dim);
    border: 1px solid var(--edge);
    border-radius: 3px;
    padding: 0 4px;
    min-width: 16px;
    text-align: center;
  }
  button {
    font: inherit;
    color: inherit;
    background: transparent;
    border: 1px solid transparent;
    border-radius: 4px;
    padding: 2px 8px;
    display: inline-flex;
    gap: 6px;
    align-items: center;
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover:not(:disabled) {
    background: var(--vscode-toolbar-hoverBackground, transparent);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }
  /* On the background of a button under the pointer, dim text would be too pale. */
  button:hover:not(:disabled) .dim {
    color: inherit;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  /* A read-only choice must stay readable. */
  button[role='radio']:disabled {
    opacity: 1;
  }
  button[role='radio'][aria-checked='false']:disabled {
    color: var(--dim);
    border-color: var(--line);
  }
  button.primary {
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    border-color: var(--vscode-button-border, transparent);
  }
  button.primary kbd {
    color: inherit;
    border-color: currentColor;
  }
  button.primary:hover:not(:disabled) {
    background: var(--vscode-button-hoverBackground);
  }
  button.link {
    color: var(--info);
    padding: 0 2px;
  }
  button.link.dim {
    color: var(--dim);
  }
  button.link.bad {
    color: var(--bad);
  }
  vscode-icon {
    color: inherit;
    vertical-align: text-bottom;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  .badge {
    width: 20px;
    height: 20px;
    flex: none;
    border-radius: 4px;
    display: grid;
    place-items: center;
    font-weight: 700;
    color: var(--on-side);
  }
  .badge.a {
    background: var(--a);
  }
  .badge.b {
    background: var(--b);
  }
  .chip {
    border: 1px solid var(--edge);
    border-radius: 10px;
    padding: 0 8px;
    font-size: 11px;
    color: var(--dim);
    white-space: nowrap;
  }
  h2,
  h3 {
    margin: 0;
    font-size: 11px;
    font-weight: 600;
    text-transform: uppercase;
    letter-spacing: 0.04em;
    color: var(--dim);
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .bar {
    display: flex;
    gap: 8px;
    align-items: center;
    min-height: 32px;
    padding: 0 10px;
    border-bottom: 1px solid var(--line);
    background: var(--side);
    white-space: nowrap;
    overflow: hidden;
  }
  /* In a narrow panel, such as beside an ideal, hide the key of a button, not the button. */
  @media (max-width: 520px) {
    .bar kbd {
      display: none;
    }
  }
  .choices {
    flex: none;
    display: inline-flex;
    border: 1px solid var(--edge);
    border-radius: 4px;
    overflow: hidden;
    text-transform: none;
    letter-spacing: 0;
    font-weight: 400;
    font-size: 13px;
  }
  .choices button {
    border: 0;
    border-radius: 0;
    padding: 1px 9px;
    color: var(--vscode-foreground);
  }
  .choices button[aria-pressed='true'] {
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -3px;
  }
  .choices button[aria-pressed='true'] kbd {
    color: inherit;
    border-color: currentColor;
  }
  .choices button:focus-visible {
    outline-offset: -2px;
  }
  textarea,
  input,
  select {
    font: inherit;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--edge);
    border-radius: 4px;
    padding: 4px 8px;
  }
  textarea.code,
  input.code {
    font-family: var(--mono);
    font-size: 12px;
  }
  select {
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
  }
  ::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  .quiet {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;

export const dotStyles = css`
  .dots {
    display: inline-flex;
    gap: 1px;
  }
  .dots button {
    width: 24px;
    height: 24px;
    padding: 0;
    justify-content: center;
    font-size: 12px;
    border-color: var(--edge);
    border-radius: 3px;
    color: var(--dim);
  }
`;
