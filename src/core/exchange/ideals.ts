import { duplicateOf } from '../task/duplicate.ts';
import type { Ideal } from '../ideal/ideal.ts';
import { contentHash } from '../text/hash.ts';
import { canonicalLanguage, languageOfPath } from '../code/languages.ts';
import { current } from '../statistics/judged.ts';
import type { Task } from '../task/task.ts';
import { counted } from './dropped.ts';
import type { ExchangeData, LeftOut } from './exporter.ts';
import { leftOutOf } from './inEffect.ts';

/** Reason for leaving a task out of an export of ideals. */
export const noIdeal = 'no ideal';

/** An ideal in effect, with its task. */
export interface IdealInEffect {
  readonly task: Task;
  readonly ideal: Ideal;
  /** The files as a model would write them: fenced blocks, with paths if there are several files. */
  readonly text: string;
}

/** The ideals in effect, in their order, and the tasks without an ideal. */
export function idealsInEffect({ tasks, ledger = [] }: ExchangeData): {
  ideals: IdealInEffect[];
  leftOut: LeftOut[];
} {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const without: { id: string; reason: string }[] = [];
  const ideals: IdealInEffect[] = [];
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

/** The contents of ideals for which a format with a prompt and texts has no field. */
export function droppedOfIdeals(ideals: readonly IdealInEffect[]): string[] {
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
