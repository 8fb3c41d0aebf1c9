import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import type { StateMessage } from '../../protocol/panel/messages.ts';
import { Actions, type PanelChannel } from '../state/actions.ts';
import './app.ts';
import type { App } from './app.ts';
import { kept, openChannel } from './host.ts';
import { reportViews } from './reportViews.ts';
import { Model } from '../state/model.ts';
import { showPalette } from '../styles/palette.ts';

/* Entry of the page: connects the wire, the model and the parts. */

const model = new Model(kept.read(), kept.write);
const channel: PanelChannel = openChannel((error) =>
  model.receive({ notice: { severity: 'error', text: error.message } }),
);
const actions = new Actions(channel, model);
const app = document.querySelector<App>('tiebreak-panel')!;
app.model = model;
app.actions = actions;
app.version = 0;
model.listen(() => (app.version += 1));
reportViews(model, channel);

channel.on('stateChanged', hear);
channel.on('panelCommand', ({ command }) => commands[command]());

const commands = {
  'view-written': () => actions.view('written'),
  'view-code': () => actions.view('code'),
  'view-diff': () => actions.view('diff'),
  'compare-times': () => actions.compareTimes(),
  'try-input': () => app.tryInput(),
  'find-differences': () => app.findDifferences(),
  'add-case': () => model.openCaseForm(),
  'add-flag': judging(() => model.attend({ dialog: { kind: 'flag' } })),
  skip: () => model.attend({ dialog: { kind: 'skip' } }),
  'show-keys': () => model.attend({ dialog: { kind: 'keys' } }),
  find: () => app.find(),
  'toggle-wrap': () => actions.toggleWrap(),
  'toggle-scroll-together': () => actions.toggleScrollTogether(),
  undo: () => actions.undo(),
  'apply-fix': judging(() => app.applyFix()),
  'focus-rationale': judging(() => app.focusRationale()),
  'focus-preference': () => app.focusJudgement('preference'),
  'focus-scores': () => app.focusScores(),
  'cite-lines': judging(() => app.citeLines()),
  'next-difference': () => app.nextDifference(),
  comment: () => app.comment(),
  approve: () => app.decide('approve'),
  'send-back': () => app.decide('send-back'),
  correct: () => app.decide('correct'),
  reject: () => app.decide('reject'),
} as const;

/** For commands that need flags or a rationale: shows a message if the task does not ask for them. */
function judging(act: () => void): () => void {
  return () => {
    if (model.asked?.judgement !== false) return act();
    const text = 'This task does not ask for a judgement, so it has no flags and no rationale.';
    model.receive({ notice: { severity: 'info', text } });
  };
}

const themeId = () => document.body.dataset['vscodeThemeId'] ?? '';
new MutationObserver(() => channel.emit('themeChanged', { themeId: themeId() })).observe(document.body, {
  attributeFilter: ['data-vscode-theme-id'],
});

channel.request('ready', { themeId: themeId() }).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  model.receive({ empty: { reason: 'failed', message } });
});

function hear(message: StateMessage): void {
  const { task, highlight } = model.state;
  model.hear(message);
  const now = model.state;
  if (now.highlight?.palette !== highlight?.palette) showPalette(now.highlight?.palette);
  if (now.task && now.task.id !== task?.id) actions.compareAsBefore();
}
