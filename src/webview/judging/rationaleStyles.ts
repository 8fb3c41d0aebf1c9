import { css } from 'lit';

export const rationaleStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
  }
  h2 {
    justify-content: space-between;
    margin-bottom: 5px;
  }
  h2 button {
    padding: 0 4px;
    text-transform: none;
    letter-spacing: 0;
    font-weight: 400;
    font-size: 11px;
  }
  /* The highlights are behind the text area, in exactly the same box and with the same line breaks. */
  .mirror,
  textarea {
    width: 100%;
    padding: 8px 10px;
    border: 1px solid var(--edge);
    border-radius: 4px;
    font: inherit;
    line-height: 1.55;
    letter-spacing: normal;
    white-space: pre-wrap;
    overflow-wrap: break-word;
    scrollbar-gutter: stable;
  }
  textarea {
    position: relative;
    display: block;
    min-height: 132px;
    flex: 1 0 auto;
    resize: none;
    background: transparent;
  }
  /* A read-only text is shown in full. */
  textarea[readonly] {
    field-sizing: content;
  }
  .mirror {
    position: absolute;
    inset: 0;
    overflow: hidden;
    color: transparent;
    background: var(--vscode-input-background);
    border-color: transparent;
    pointer-events: none;
    user-select: none;
  }
  .cite {
    border-radius: 3px;
    background: color-mix(in srgb, var(--vscode-foreground) 14%, transparent);
  }
  .commented {
    background: color-mix(in srgb, var(--warn) 28%, transparent);
    box-shadow: inset 0 -1px var(--warn);
  }
  .cite.a {
    background: color-mix(in srgb, var(--a) 26%, transparent);
  }
  .cite.b {
    background: color-mix(in srgb, var(--b) 26%, transparent);
  }
  .found {
    text-decoration: underline wavy var(--info) 1px;
    text-underline-offset: 3px;
  }
  .found.W {
    text-decoration-color: var(--warn);
  }
  .found.E {
    text-decoration-color: var(--bad);
  }
  textarea:focus {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .proposals {
    position: absolute;
    z-index: 2;
    left: 0;
    right: 0;
    bottom: 100%;
    margin: 0;
    padding: 2px;
    list-style: none;
    color: var(--vscode-editorSuggestWidget-foreground, var(--vscode-foreground));
    background: var(--vscode-editorSuggestWidget-background, var(--vscode-editor-background));
    border: 1px solid var(--vscode-editorSuggestWidget-border, var(--line));
  }
  .box {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1 0 auto;
  }
  .proposals li {
    display: flex;
    gap: 10px;
    padding: 1px 8px;
    cursor: pointer;
    white-space: nowrap;
    overflow: hidden;
  }
  .proposals li span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .proposals [aria-selected='true'] {
    background: var(
      --vscode-editorSuggestWidget-selectedBackground,
      var(--vscode-list-activeSelectionBackground)
    );
    color: var(--vscode-editorSuggestWidget-selectedForeground, var(--vscode-list-activeSelectionForeground));
  }
  .proposals [aria-selected='true'] .dim {
    color: inherit;
  }
  .findings {
    display: grid;
    gap: 4px;
    margin: 6px 0 0;
    padding: 0;
    list-style: none;
  }
  .findings li {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) auto;
    gap: 4px;
    align-items: start;
  }
  .findings .text {
    padding: 0;
    white-space: normal;
    text-align: left;
    display: inline;
  }
  .remedies {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
  }
  .override {
    grid-column: 2 / -1;
    display: flex;
    gap: 6px;
  }
  .override input {
    flex: 1;
    min-width: 0;
  }
  vscode-icon {
    margin-top: 2px;
  }
`;
