import { html, nothing, type TemplateResult } from 'lit';
import '../cases/cases.ts';
import '../code/answers.ts';
import '../code/diagnostics.ts';
import '../differing/differences.ts';
import '../ideal/idealDiff.ts';
import type { Lower } from '../state/arrangement.ts';
import type { Model } from '../state/model.ts';
import type { Part } from './part.ts';
import './findBar.ts';
import './promptPart.ts';
import { splitter } from './splitter.ts';

/** The prompt, the answers, and below them the cases or the diagnostics. */
export function evidenceView(
  part: Part,
  {
    hidden,
    onReveal,
    onCite,
  }: {
    readonly hidden: boolean;
    readonly onReveal: (event: CustomEvent) => void;
    readonly onCite: (event: CustomEvent) => void;
  },
): TemplateResult {
  const { model, actions, version } = part;
  const tabs = html`<span slot="tabs" role="tablist" aria-label="Cases, diagnostics or differences">
    ${lowerTab(model, 'cases', 'Cases')} ${lowerTab(model, 'diagnostics', 'Diagnostics')}
    ${model.state.differences ? lowerTab(model, 'differences', 'Differences') : nothing}
  </span>`;
  return html`<section
    class="evidence"
    aria-label="Evidence"
    ?hidden=${hidden}
    @reveal=${onReveal}
    @cite=${onCite}
  >
    ${
      model.attention.finding
        ? html`<tiebreak-find .model=${model} .actions=${actions} .version=${version}></tiebreak-find>`
        : nothing
    }
    <tiebreak-prompt .model=${model} .actions=${actions} .version=${version}></tiebreak-prompt>
    ${
      model.idealAgainst === undefined
        ? html`<tiebreak-answers .model=${model} .actions=${actions} .version=${version}></tiebreak-answers>`
        : html`<tiebreak-ideal-diff
            .model=${model}
            .actions=${actions}
            .version=${version}
          ></tiebreak-ideal-diff>`
    }
    ${splitter(model, 'casesHeight', 'horizontal', 'Height of the cases')} ${lowerPart(part, tabs)}
  </section>`;
}

function lowerPart({ model, actions, version }: Part, tabs: TemplateResult): TemplateResult {
  switch (model.attention.lower) {
    case 'cases':
      return html`<tiebreak-cases .model=${model} .actions=${actions} .version=${version}
        >${tabs}</tiebreak-cases
      >`;
    case 'diagnostics':
      return html`<tiebreak-diagnostics .model=${model} .actions=${actions} .version=${version}
        >${tabs}</tiebreak-diagnostics
      >`;
    case 'differences':
      return html`<tiebreak-differences .model=${model} .actions=${actions} .version=${version}
        >${tabs}</tiebreak-differences
      >`;
  }
}

function lowerTab(model: Model, name: Lower, label: string): TemplateResult {
  const selected = model.attention.lower === name;
  return html`<button
    class="lower"
    role="tab"
    aria-selected=${selected}
    @click=${() => model.attend({ lower: name })}
  >
    ${label}
  </button>`;
}
