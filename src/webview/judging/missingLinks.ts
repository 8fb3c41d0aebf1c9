import { html, type TemplateResult } from 'lit';

/** A missing part, and how to get there. */
export interface MissingLink {
  readonly text: string;
  readonly go: () => void;
}

/** The missing parts as links. `isRefused`: the last attempt to submit failed. */
export function missingLinks(missing: readonly MissingLink[], isRefused: boolean): TemplateResult {
  const last = missing.length - 1;
  const links = missing.map(
    ({ text, go }, index) =>
      html` <span><button class="link" @click=${go}>${text}</button>${index === last ? '' : ','}</span>`,
  );
  return html`<span
    class="missing ${isRefused ? 'bad' : 'dim'}"
    role=${isRefused ? 'alert' : 'group'}
    aria-label="Missing"
    >Missing:${links}</span
  >`;
}
