import { calibrationSettingsSchema } from '../core/calibration/gold.ts';
import { DashboardSource } from '../sessions/dashboard/dashboardSource.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { databaseOption, databaseRow, withStore } from './database.ts';
import { statsText } from './statsText.ts';

const help: CommandHelp = {
  usage: '[--show-models] [--show-evaluators] [--as EVALUATOR] [--json] [--db PATH]',
  description: [
    'Prints the figures of the dashboard: how evaluators agree, how they do on known verdicts, and how models compare.',
    'Models are named only with --show-models, and only for tasks with a submitted review. Do not show them to anyone ' +
      'who has yet to judge these tasks.',
  ],
  options: [
    ['--show-models', 'name the models and compare them'],
    ['--show-evaluators', 'show evaluators by their ids; default: by opaque names'],
    ['--as EVALUATOR', 'name no model of a task that EVALUATOR has yet to judge'],
    ['--json', 'print all figures as one JSON object'],
    databaseRow,
  ],
  exitStatus: [['0', 'the figures were printed']],
};

const options = {
  ...databaseOption,
  'show-models': { type: 'boolean', default: false },
  'show-evaluators': { type: 'boolean', default: false },
  as: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const statsCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('stats', args, options);
    if (positionals.length > 0) throw usageError('stats', `unexpected argument "${positionals[0]}"`);
    const { passMark } = calibrationSettingsSchema.parse({});
    const figures = await withStore({ db: values.db, existing: true }, async (store) => {
      const source = new DashboardSource(store, {
        showModels: values['show-models'],
        showEvaluators: values['show-evaluators'],
        evaluator: values.as,
        passMark,
      });
      return {
        reviews: await source.quick({}),
        agreement: await source.slow({}),
        models: await source.models({}),
      };
    });
    await (values.json ? terminal.json(figures) : terminal.text(statsText(figures)));
    return exitCodes.ok;
  },
};
