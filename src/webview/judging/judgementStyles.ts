import { css } from 'lit';

/** Shared styles of preference, scores and flags. */
export const judgementStyles = css`
  :host {
    display: block;
  }
  h2 {
    justify-content: space-between;
    margin-bottom: 5px;
  }
  h2 button {
    font-size: 11px;
    padding: 0 4px;
  }
  h2 span,
  h2 button {
    text-transform: none;
    letter-spacing: 0;
    font-weight: 400;
  }
  .preference {
    display: grid;
    grid-template-columns: repeat(7, 1fr);
    gap: 3px;
  }
  .preference button {
    flex-direction: column;
    gap: 1px;
    min-height: 42px;
    border-color: var(--edge);
    justify-content: center;
    font-size: 11px;
    line-height: 1.3;
    padding: 0;
  }
  button.chosen kbd {
    color: inherit;
    border-color: currentColor;
  }
  /* Three classes, so that neither the hover style nor the style of grouped buttons overrides the colour. */
  button.chosen[aria-checked='true'] {
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    border-color: var(--vscode-contrastActiveBorder, var(--vscode-button-background));
  }
  button.chosen.a[aria-checked='true'] {
    background: var(--a);
    color: var(--on-side);
    border-color: var(--a);
  }
  button.chosen.b[aria-checked='true'] {
    background: var(--b);
    color: var(--on-side);
    border-color: var(--b);
  }
  .ends {
    display: flex;
    justify-content: space-between;
    align-items: center;
    font-size: 11px;
    color: var(--dim);
    margin-top: 3px;
  }
  .ends button {
    font-size: 11px;
    border-color: var(--edge);
    padding: 0 8px;
  }
  .rubric {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    gap: 3px 8px;
    align-items: center;
  }
  /* Long scales: the scores of both answers do not fit beside the name. */
  .rubric.long {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .rubric.long .corner {
    display: none;
  }
  .rubric.long .name {
    grid-column: 1 / -1;
  }
  .scores:focus-within {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 1px;
    border-radius: 3px;
  }
  .rubric .name {
    padding: 0;
    justify-content: flex-start;
    min-width: 0;
  }
  .rubric .title {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .sides {
    font-size: 11px;
    line-height: 1;
    text-align: center;
  }
  /* Overlays the elements below, so that pointing at a score moves nothing. */
  .meaning {
    position: absolute;
    z-index: 3;
    top: calc(100% + 4px);
    left: 0;
    right: 0;
    padding: 4px 8px;
    font-size: 12px;
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
    border-radius: 4px;
    pointer-events: none;
  }
  .notes {
    margin-bottom: 6px;
    font-size: 12px;
  }
  .scale {
    grid-column: 1 / -1;
    margin: 0 0 4px;
    padding: 4px 8px;
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 2px 8px;
    font-size: 12px;
    border-left: 2px solid var(--line);
  }
  .scale dt,
  .scale dd {
    margin: 0;
  }
  .flag {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 1px 0;
    min-width: 0;
  }
  .flag .kind {
    white-space: nowrap;
  }
  .flag .tool {
    padding: 2px;
    color: var(--dim);
  }
  .flag .note {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  .anchor {
    font: 12px var(--mono);
    border: 1px solid var(--edge);
    border-radius: 3px;
    padding: 0 3px;
  }
  .anchor.a {
    border-color: transparent;
    background: color-mix(in srgb, var(--a) 20%, transparent);
  }
  .anchor.b {
    border-color: transparent;
    background: color-mix(in srgb, var(--b) 20%, transparent);
  }
  p {
    margin: 0;
  }
`;
