import { html, nothing, type TemplateResult } from 'lit';
import type { PanelComment } from '../../protocol/inspection.ts';
import '../ideal/idealPart.ts';
import '../judging/calibrationFeedbackPart.ts';
import '../judging/feedbackPart.ts';
import '../judging/judgement.ts';
import type { Missing } from '../judging/missing.ts';
import '../judging/rationale.ts';
import '../judging/submitPart.ts';
import '../reviewer/inspection.ts';
import '../reviewer/settlement.ts';
import { isFormBeside } from './appGrid.ts';
import type { Part } from './part.ts';

/** The requests of the judgement's parts to the panel. */
interface JudgementEvents {
  reveal(event: CustomEvent): void;
  comment(): void;
  showComment(comment: PanelComment): void;
  focusJudgement(group: Missing): void;
  scored(): void;
  citeLines(): void;
}

/** The judgement: the evaluator's own, or a reviewer's form beside or below the one under review. */
export function judgementView(part: Part, hidden: boolean, on: JudgementEvents): TemplateResult {
  const { mode } = part.model;
  return html`<section
    class=${mode === 'inspect' && isFormBeside(mode, window) ? 'judgement beside' : 'judgement'}
    aria-label="Judgement"
    ?hidden=${hidden}
    @reveal=${(event: CustomEvent) => on.reveal(event)}
    @comment=${() => on.comment()}
    @span=${(event: CustomEvent<PanelComment>) => on.showComment(event.detail)}
    @remedy=${(event: CustomEvent<Missing>) => on.focusJudgement(event.detail)}
    @scored=${() => on.scored()}
    @cite=${() => on.citeLines()}
  >
    ${judgementParts(part)}
  </section>`;
}

function judgementParts({ model, actions, version }: Part): TemplateResult {
  if (model.mode === 'settle')
    return html`<tiebreak-settlement
      .model=${model}
      .actions=${actions}
      .version=${version}
    ></tiebreak-settlement>`;
  const rationale = model.asked!.judgement
    ? html`<tiebreak-rationale .model=${model} .actions=${actions} .version=${version}></tiebreak-rationale>`
    : nothing;
  const judgement = html`<tiebreak-judgement
    .model=${model}
    .actions=${actions}
    .version=${version}
  ></tiebreak-judgement>`;
  const ideal = html`<tiebreak-ideal
    .model=${model}
    .actions=${actions}
    .version=${version}
  ></tiebreak-ideal>`;
  if (model.mode === 'inspect')
    return html`<div class="column">${judgement} ${ideal} ${rationale}</div>
      <div class="column">
        <tiebreak-inspection .model=${model} .actions=${actions} .version=${version}></tiebreak-inspection>
      </div>`;
  return html`<tiebreak-calibration-feedback
      .model=${model}
      .actions=${actions}
      .version=${version}
    ></tiebreak-calibration-feedback>
    <tiebreak-feedback .model=${model} .actions=${actions} .version=${version}></tiebreak-feedback>
    ${judgement} ${ideal} ${rationale}
    <tiebreak-submit .model=${model} .actions=${actions} .version=${version}></tiebreak-submit>`;
}
