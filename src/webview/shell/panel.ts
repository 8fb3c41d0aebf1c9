import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import * as z from 'zod';
import {
  panelCommand,
  panelReady,
  stateChanged,
  themeChanged,
  type PanelState,
} from '../protocol/webview.ts';
import { Actions } from './actions.ts';
import './app.ts';
import type { App } from './app.ts';
import { kept, openChannel } from './host.ts';
import { tellLooks } from './looks.ts';
import { Model } from './model.ts';
import { showPalette } from './palette.ts';

/* Entry of the page: connects the wire, the model and the parts. */

// The page's policy forbids code made from text, which zod would otherwise try for speed.
z.config({ jitless: true });

const model = new Model(kept.read(), kept.write);
const channel = openChannel((error) => model.receive({ notice: { severity: 'error', text: error.message } }));
const actions = new Actions(channel, model);
const app = document.querySelector<App>('tiebreak-panel')!;
app.model = model;
app.actions = actions;
app.version = 0;
model.listen(() => (app.version += 1));
tellLooks(model, channel);

channel.on(stateChanged, receive);
channel.on(panelCommand, ({ command }) => commands[command]());

const commands = {
  'view-written': () => actions.view('written'),
  'view-code': () => actions.view('code'),
  'view-diff': () => actions.view('diff'),
  'compare-times': () => actions.compareTimes(),
  'add-case': () => model.attend({ dialog: { kind: 'case' } }),
  'add-flag': judging(() => model.attend({ dialog: { kind: 'flag' } })),
  skip: () => model.attend({ dialog: { kind: 'skip' } }),
  'show-keys': () => model.attend({ dialog: { kind: 'keys' } }),
  'apply-fix': judging(() => app.applyFix()),
  'focus-rationale': judging(() => app.focusRationale()),
  'focus-preference': () => app.focusJudgement('preference'),
  'focus-scores': () => app.focusJudgement('scores'),
  'cite-lines': judging(() => app.citeLines()),
  'next-difference': () => app.nextDifference(),
  comment: () => app.comment(),
  approve: () => app.decide('approve'),
  'send-back': () => app.decide('send-back'),
  correct: () => app.decide('correct'),
  reject: () => app.decide('reject'),
} as const;

/** What only a judgement has room for; a task that asks for none says so. */
function judging(act: () => void): () => void {
  return () => {
    if (model.asked?.judgement !== false) return act();
    const text = 'This task asks for no judgement: it has neither flags nor a rationale.';
    model.receive({ notice: { severity: 'info', text } });
  };
}

const themeId = () => document.body.dataset['vscodeThemeId'] ?? '';
new MutationObserver(() => channel.emit(themeChanged, { themeId: themeId() })).observe(document.body, {
  attributeFilter: ['data-vscode-theme-id'],
});

channel.request(panelReady, { themeId: themeId() }).then(receive, (error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  model.receive({ empty: { reason: 'failed', message } });
});

function receive(state: PanelState): void {
  if (state.highlight !== undefined) showPalette(state.highlight?.palette);
  const before = model.state.task?.id;
  model.receive(state);
  if (state.task && state.task.id !== before) actions.compareAsBefore();
}
