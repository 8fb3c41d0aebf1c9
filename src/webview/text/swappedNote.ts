import { html, nothing, type TemplateResult } from 'lit';

/** A note on a text that was written for the other order of the answers and is shown for this order. */
export function swappedNote({
  isSwapped,
  isUnsure,
}: {
  readonly isSwapped: boolean;
  readonly isUnsure: boolean;
}): TemplateResult | typeof nothing {
  if (!isSwapped) return nothing;
  const unsure = html` <span class="warn">An “A” at the start of a sentence may still mean your B.</span>`;
  return html`<p class="dim" title="The record keeps the text as it was written">
    Written with the sides swapped. A and B are rewritten to the sides shown
    here.${isUnsure ? unsure : nothing}
  </p>`;
}
