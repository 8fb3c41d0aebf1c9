import { css } from 'lit';

/** The links to what a submission lacks. */
export const missingStyles = css`
  .missing button.link {
    padding: 0;
  }
  /* A comma stays with what is before it. */
  .missing span {
    white-space: nowrap;
  }
`;
