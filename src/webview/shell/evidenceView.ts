import { html, nothing, type TemplateResult } from 'lit';
import '../cases/cases.ts';
import '../code/answers.ts';
import '../code/diagnostics.ts';
import '../ideal/idealDiff.ts';
import type { Attention, Model } from '../state/model.ts';
import type { Part } from './part.ts';
import './findBar.ts';
import './promptPart.ts';
import { splitter } from './splitter.ts';

/** The prompt, the answers, and below them the cases or the diagnostics. */
export function evidenceView(
  { model, actions, version }: Part,
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
  const lower = model.attention.lower;
  const tabs = html`<span slot="tabs" role="tablist" aria-label="Cases or diagnostics">
    ${lowerTab(model, 'cases', 'Cases')} ${lowerTab(model, 'diagnostics', 'Diagnostics')}
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
    ${splitter(model, 'casesHeight', 'horizontal', 'Height of the cases')}
    ${
      lower === 'cases'
        ? html`<tiebreak-cases .model=${model} .actions=${actions} .version=${version}
            >${tabs}</tiebreak-cases
          >`
        : html`<tiebreak-diagnostics .model=${model} .actions=${actions} .version=${version}
            >${tabs}</tiebreak-diagnostics
          >`
    }
  </section>`;
}

function lowerTab(model: Model, name: Attention['lower'], label: string): TemplateResult {
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
