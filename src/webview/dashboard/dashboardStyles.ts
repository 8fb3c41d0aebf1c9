import { css } from 'lit';

export const dashboardStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    height: 100vh;
    background: var(--vscode-editor-background);
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 14px;
    align-items: center;
    padding: 8px 16px;
    border-bottom: 1px solid var(--line);
    background: var(--side);
  }
  h1 {
    font-size: 14px;
    font-weight: 600;
    margin: 0;
  }
  label {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  select {
    max-width: 180px;
  }
  input,
  select {
    padding: 2px 6px;
  }
  main {
    overflow: auto;
    padding: 10px 16px 24px;
    min-height: 0;
  }
  main[aria-busy='true'] .grid {
    opacity: 0.6;
  }
  h2 {
    margin: 14px 0 8px;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 12px;
  }
  @media (max-width: 820px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  .summary {
    margin: 0;
    color: var(--dim);
  }
  .wide {
    grid-column: 1 / -1;
  }
  .alone {
    max-width: 52ch;
    margin: 12vh auto 0;
    text-align: center;
  }
  .alone h2 {
    justify-content: center;
    text-transform: none;
    letter-spacing: 0;
    font-size: 18px;
    color: var(--vscode-foreground);
  }
  .alone p {
    color: var(--dim);
    margin: 0 0 14px;
    overflow-wrap: anywhere;
  }
  .alone vscode-progress-ring {
    margin: 0 auto 10px;
  }
  .buttons {
    display: flex;
    gap: 8px;
    justify-content: center;
  }
  .working {
    display: flex;
    gap: 10px;
    align-items: center;
    color: var(--dim);
    padding: 8px 0;
  }
  .working vscode-progress-ring {
    width: 20px;
    height: 20px;
  }
`;
