import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import * as z from 'zod';
import { figuresChanged } from '../../protocol/dashboard.ts';
import { kept, openChannel } from '../host.ts';
import './dashboardApp.ts';
import type { DashboardApp } from './dashboardApp.ts';
import { DashboardModel } from './dashboardModel.ts';

/* Entry of the dashboard's page: connects the wire, the model and what is shown. */

// The page's policy forbids code made from text, which zod would otherwise try for speed.
z.config({ jitless: true });

const app = document.querySelector<DashboardApp>('tiebreak-dashboard')!;
const channel = openChannel((error) => console.error(error));
const model = new DashboardModel(channel, kept, () => (app.version += 1));
app.model = model;
app.version = 0;
channel.on(figuresChanged, () => void model.ask());
void model.ask();
