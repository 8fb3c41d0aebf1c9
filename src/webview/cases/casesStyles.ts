import { css } from 'lit';

export const casesStyles = css`
  @media (max-width: 520px) {
    .bar {
      flex-wrap: wrap;
    }
  }
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
    container-type: inline-size;
  }
  .summary {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  /* Isolated, so that results that arrive cost less painting in the rest of the panel. */
  .scroll {
    overflow: auto;
    isolation: isolate;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th {
    position: sticky;
    top: 0;
    text-align: left;
    font-weight: 600;
    font-size: 11px;
    color: var(--dim);
    padding: 3px 10px;
    background: var(--vscode-editor-background);
  }
  td {
    padding: 2px 10px;
    border-top: 1px solid var(--line);
    vertical-align: top;
    white-space: nowrap;
  }
  td.name {
    width: 40%;
    max-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  td.name button {
    padding: 0;
    max-width: 100%;
    overflow: hidden;
  }
  td.name button span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  td.figures {
    text-align: right;
    color: var(--dim);
  }
  tr.splitting td.name {
    box-shadow: inset 2px 0 var(--warn);
  }
  .verdict {
    display: inline-flex;
    gap: 5px;
    align-items: center;
  }
  .detail td {
    background: var(--side);
    white-space: normal;
    padding: 6px 10px 8px 30px;
  }
  .tools {
    display: flex;
    gap: 10px;
    margin: 4px 0 0 -3px;
  }
  .id {
    font-family: var(--mono);
    font-size: 12px;
  }
  td.row-tools {
    width: 1%;
    padding: 0 6px;
    text-align: right;
  }
  button.icon {
    padding: 2px;
    color: var(--dim);
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
  @container (max-width: 760px) {
    .figures,
    .wide {
      display: none;
    }
  }
  @container (max-width: 1100px) {
    .three .figures {
      display: none;
    }
  }
`;
