import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { kept, openChannel } from '../shell/host.ts';
import './dashboardApp.ts';
import type { DashboardApp } from './dashboardApp.ts';
import { DashboardModel, type DashboardChannel } from './dashboardModel.ts';

/* Entry of the dashboard's page: connects the wire, the model and what is shown. */

const app = document.querySelector<DashboardApp>('tiebreak-dashboard')!;
const channel: DashboardChannel = openChannel((error) => console.error(error));
const model = new DashboardModel(channel, kept, () => (app.version += 1));
app.model = model;
app.version = 0;
channel.on('figuresChanged', () => void model.ask());
void model.ask();
