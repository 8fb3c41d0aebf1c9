import { css } from 'lit';

export const differencesStyles = css`
  @media (max-width: 520px) {
    .bar {
      flex-wrap: wrap;
    }
  }
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
  }
  .summary {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .bar > button {
    flex: none;
  }
  .scroll {
    overflow: auto;
    isolation: isolate;
  }
  h2 {
    padding: 5px 10px 3px;
    flex-wrap: wrap;
  }
  .facts {
    text-transform: none;
    letter-spacing: 0;
    font-weight: 400;
    font-size: 12px;
  }
  .witness {
    padding: 6px 10px;
    border-top: 1px solid var(--line);
  }
  .witness:focus {
    outline: none;
    background: var(--side);
    box-shadow: inset 2px 0 var(--vscode-focusBorder);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-bottom: 3px;
  }
  .chip.warn {
    color: var(--warn);
  }
  .decide {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 10px;
    align-items: center;
    margin-top: 4px;
  }
  .decide .choices {
    flex-shrink: 1;
    flex-wrap: wrap;
  }
  button.cite {
    text-transform: none;
    letter-spacing: 0;
    font-weight: 400;
  }
  .progress {
    display: flex;
    gap: 10px;
    align-items: center;
    padding: 8px 10px;
  }
  progress {
    accent-color: var(--vscode-progressBar-background);
    width: 12em;
  }
  .empty {
    padding: 14px;
    color: var(--dim);
  }
  .message {
    padding: 6px 10px;
    color: var(--warn);
    border-bottom: 1px solid var(--line);
  }
`;
