import { duplicateOf } from '../duplicate.ts';
import type { Ideal } from '../ideal.ts';
import { contentHash } from '../hash.ts';
import { canonicalLanguage, languageOfPath } from '../languages.ts';
import { current } from '../statistics/judged.ts';
import type { Task } from '../task.ts';
import { counted } from './dropped.ts';
import type { ExchangeData, LeftOut } from './exporter.ts';
import { leftOutOf } from './standing.ts';

/** Why a task is left out of what ideals are exported as. */
export const noIdeal = 'no ideal';

/** An ideal in force with the task it solves. */
export interface StandingIdeal {
  readonly task: Task;
  readonly ideal: Ideal;
  /** The files as a model would have written them: fenced blocks, with paths where there are several. */
  readonly text: string;
}

/** The ideals in force, in their order, and the tasks that have none. */
export function standingIdeals({ tasks, ledger = [] }: ExchangeData): {
  ideals: StandingIdeal[];
  leftOut: LeftOut[];
} {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const without: { id: string; reason: string }[] = [];
  const ideals: StandingIdeal[] = [];
  for (const ideal of current(ledger.flatMap((entry) => (entry.kind === 'ideal' ? [entry.record] : [])))) {
    const task = known.get(ideal.taskId);
    if (task === undefined) without.push({ id: ideal.id, reason: 'without its task' });
    else if (contentHash(task) !== ideal.taskHash)
      without.push({ id: ideal.id, reason: 'on a task that was changed since' });
    else if (duplicateOf(task) !== undefined) without.push({ id: ideal.id, reason: 'of a hidden duplicate' });
    else ideals.push({ task, ideal, text: idealText(ideal, task.language) });
  }
  const solved = new Set(ideals.map(({ task }) => task.id));
  const unsolved = tasks
    .filter((task) => !solved.has(task.id) && duplicateOf(task) === undefined)
    .map(({ id }) => ({ id, reason: noIdeal }));
  return { ideals, leftOut: leftOutOf([...without, ...unsolved]) };
}

/** What of ideals a format with a prompt and texts has no field for. */
export function droppedOfIdeals(ideals: readonly StandingIdeal[]): string[] {
  return counted(ideals, {
    notes: ({ ideal }) => ideal.notes.trim() !== '',
    references: ({ ideal }) => ideal.references.length > 0,
    'proof and runs': () => true,
    'who wrote it, when and the chain of hashes': () => true,
  });
}

function idealText({ files }: Ideal, language: string): string {
  return files
    .map(({ path, text }) => {
      const longest = Math.max(2, ...[...text.matchAll(/^`{3,}/gm)].map(([fence]) => fence.length));
      const fence = '`'.repeat(longest + 1);
      const info = canonicalLanguage(languageOfPath(path) ?? language);
      const heading = files.length === 1 ? '' : `**${path}**\n\n`;
      return `${heading}${fence}${info}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}\n`;
    })
    .join('\n');
}
