import { css } from 'lit';

export const codeStyles = css`
  .code {
    font: var(--mono-size) / 1.5 var(--mono);
    padding: 4px 0;
    color: var(--vscode-editor-foreground);
  }
  .row {
    display: grid;
    grid-template-columns: 16px 36px minmax(0, 1fr);
    min-height: 1.5em;
  }
  .block {
    width: max-content;
    min-width: 100%;
    content-visibility: auto;
    contain-intrinsic-height: auto 150em;
  }
  .diff .block,
  :host([wrap]) .block {
    width: auto;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
  .pair .row {
    grid-template-columns: 16px 36px minmax(0, 1fr);
  }
  .pair .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .pair .row + .row {
    border-left: 1px solid var(--line);
  }
  .mark {
    text-align: center;
    font-size: 11px;
  }
  .line {
    text-align: right;
    padding-right: 8px;
    color: var(--vscode-editorLineNumber-foreground);
    cursor: pointer;
    user-select: none;
  }
  .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    tab-size: 4;
    padding-right: 12px;
  }
  .selected {
    background: var(--vscode-editor-selectionBackground);
  }
  /* In these themes a selection also changes the text colour, which coloured code ignores. */
  :host-context(body.vscode-high-contrast) .selected {
    background: transparent;
    outline: 1px solid var(--vscode-contrastActiveBorder);
    outline-offset: -1px;
  }
  .selected .line {
    color: var(--vscode-editorLineNumber-activeForeground);
  }
  ::highlight(found) {
    background-color: var(--vscode-editor-findMatchHighlightBackground, transparent);
    text-decoration: underline 1px currentColor;
  }
  ::highlight(found-now) {
    background-color: var(--vscode-editor-findMatchBackground, transparent);
    text-decoration: underline 3px var(--vscode-contrastActiveBorder, currentColor);
  }
  .cited {
    box-shadow: inset 2px 0 var(--vscode-focusBorder);
  }
  /* In the colours of the sides: red and green would suggest which answer is bad before it is judged. */
  .only-a {
    --tint: var(--a);
  }
  .only-b {
    --tint: var(--b);
  }
  .only-ideal {
    --tint: var(--ok);
  }
  .only-a:not(.selected),
  .only-b:not(.selected),
  .only-ideal {
    background: color-mix(in srgb, var(--tint) 11%, transparent);
  }
  .word {
    background: color-mix(in srgb, var(--tint) 32%, transparent);
    border-radius: 2px;
  }
  /* Underline the words: a box would hide the punctuation next to them. */
  :host-context(body.vscode-high-contrast) .word {
    background: transparent;
    border-bottom: 2px solid var(--tint);
    border-radius: 0;
  }
  .gap {
    --fill: color-mix(in srgb, var(--vscode-foreground) 9%, transparent);
    background: repeating-linear-gradient(135deg, var(--fill) 0 4px, transparent 4px 8px);
  }
  .control {
    color: var(--bad);
    font-size: 0.85em;
    border: 1px solid currentColor;
    border-radius: 2px;
    padding: 0 2px;
  }
  .squiggle {
    text-decoration: underline wavy var(--vscode-editorError-foreground) 1px;
    text-underline-offset: 3px;
  }
  .secret {
    color: inherit;
    background: none;
    text-decoration: underline wavy var(--vscode-editorWarning-foreground) 1px;
    text-underline-offset: 3px;
  }
  .squiggle.soft {
    text-decoration-color: var(--vscode-editorWarning-foreground);
  }
  .fold {
    display: block;
    width: 100%;
    text-align: left;
    padding-left: 60px;
    font: inherit;
    border-radius: 0;
    background: var(--vscode-diffEditor-unchangedRegionBackground, var(--side));
  }
  .thinking > summary {
    cursor: pointer;
  }
  .thinking > pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .prose {
    max-width: 100ch;
    overflow-wrap: anywhere;
  }
  .prose > :first-child {
    margin-top: 0;
  }
  .prose > :last-child {
    margin-bottom: 0;
  }
  .prose p,
  .prose ul,
  .prose ol,
  .prose blockquote {
    margin: 0 0 8px;
  }
  .prose ul,
  .prose ol {
    padding-left: 22px;
  }
  .prose h1,
  .prose h2,
  .prose h3,
  .prose h4 {
    display: block;
    margin: 12px 0 6px;
    font-size: 14px;
    font-weight: 600;
    text-transform: none;
    letter-spacing: 0;
    color: var(--vscode-foreground);
  }
  .prose blockquote {
    padding-left: 10px;
    border-left: 2px solid var(--vscode-textBlockQuote-border, var(--line));
  }
  .prose code {
    font-family: var(--mono);
    font-size: 0.92em;
    color: var(--vscode-foreground);
    background: var(--vscode-textCodeBlock-background);
    border-radius: 3px;
    padding: 0 3px;
  }
  .prose table {
    border-collapse: collapse;
  }
  .prose td,
  .prose th {
    border: 1px solid var(--line);
    padding: 2px 8px;
  }
  figure {
    margin: 0 0 8px;
  }
  pre {
    margin: 0;
    padding: 8px 10px;
    overflow: auto;
    font: var(--mono-size) / 1.5 var(--mono);
    color: var(--vscode-editor-foreground);
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 4px;
  }
`;
