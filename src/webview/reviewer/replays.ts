import { html, nothing, type TemplateResult } from 'lit';
import { visibleLine, visibleText } from '../../core/text/visible.ts';
import type { PanelReplay } from '../../protocol/inspection.ts';
import { counted, timeOfDay } from '../text/format.ts';

/** The recorded runs with the results of their replays, and the button that replays all of them. */
export function replayList(replays: readonly PanelReplay[], replay: () => void): TemplateResult {
  const running = replays.some(({ phase }) => phase === 'running');
  return html`<section aria-label="Recorded runs" class="replays">
    <h2>
      Runs <span class="grow"></span>
      <button ?disabled=${running || replays.length === 0} @click=${replay}>
        ${running ? 'Replaying…' : 'Replay all'} <kbd>R</kbd>
      </button>
    </h2>
    ${
      replays.length === 0
        ? html`<p class="dim">Nothing was run before the review was submitted.</p>`
        : html`<ul aria-live="polite">
            ${replays.map(replayLine)}
          </ul>`
    }
  </section>`;
}

function replayLine(replay: PanelReplay): TemplateResult {
  const { side, search, at, phase, cases, error } = replay;
  return html`<li data-phase=${phase}>
    <span class="line">
      <span class="badge ${side.toLowerCase()}">${side}</span>
      <span class="num">${timeOfDay(at)}</span>
      <span class="num">${ranText(replay)}</span>
      <span class="grow"></span>
      ${outcome(phase, cases)}
    </span>
    ${error === undefined ? nothing : html`<p class="bad">${visibleText(error)}</p>`}
    ${cases.map((each, index) =>
      each.same === undefined
        ? nothing
        : html`<p class=${each.same ? 'dim' : 'bad'} data-case=${each.caseId}>
            ${
              search === undefined
                ? html`<span class="mono">${visibleLine(each.caseId)}</span>`
                : `difference ${index + 1}`
            }:
            ${search === undefined ? caseText(each) : `${each.same ? 'same' : 'different'} result`}
          </p>`,
    )}
  </li>`;
}

function caseText({ same, was, now }: PanelReplay['cases'][number]): string {
  return same === true
    ? `same result, ${was}`
    : `different result: ${was} then, ${now ?? 'something else'} now`;
}

/** The inputs of a search expect nothing, so none of them passes. */
function ranText({ search, cases }: PanelReplay): string {
  if (search !== undefined) return `search ${search}, ${counted(cases.length, 'difference')}`;
  const passed = cases.filter(({ was }) => was === 'pass').length;
  return `${passed} of ${counted(cases.length, 'case')} passed`;
}

function outcome(phase: PanelReplay['phase'], cases: PanelReplay['cases']): TemplateResult {
  if (phase === 'running') return html`<span class="dim">running…</span>`;
  if (phase === 'failed') return html`<span class="bad">not replayed</span>`;
  if (phase === 'none') return html`<span class="dim">not replayed yet</span>`;
  return cases.every(({ same }) => same)
    ? html`<span class="ok">same result</span>`
    : html`<span class="bad">differs</span>`;
}
